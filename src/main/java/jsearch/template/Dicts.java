package jsearch.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python's dict over Java's map: keys are found by Python's equality. */
final class Dicts {
  private Dicts() {}

  /** {@code dict(...)}: of a dict or pairs, and of names. */
  static Map<Object, Object> of(Arguments arguments) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new TemplateException("dict takes at most one argument without a name");
    }
    for (Object source : arguments.positional()) {
      if (source instanceof Map<?, ?> map) {
        dict.putAll(map);
      } else {
        for (Object pair : Python.iterate(source)) {
          List<Object> both = Python.iterate(pair);
          if (both.size() != 2) {
            throw new TemplateException("dict expects pairs, found %d".formatted(both.size()));
          }
          put(dict, both.get(0), both.get(1));
        }
      }
    }
    dict.putAll(arguments.named());
    return dict;
  }

  static void put(Map<Object, Object> dict, Object key, Object value) {
    dict.put(found(dict, key), value);
  }

  static boolean has(Map<?, ?> dict, Object key) {
    return dict.containsKey(found(dict, key));
  }

  static Object get(Map<?, ?> dict, Object key) {
    return dict.get(found(dict, key));
  }

  /** The key that stands for this one: 1, 1.0 and True are one key. */
  private static Object found(Map<?, ?> dict, Object key) {
    hashable(key);
    if (key instanceof Long || key instanceof Double || key instanceof Boolean) {
      for (Object other : dict.keySet()) {
        if (Python.equal(key, other)) {
          return other;
        }
      }
    }
    return key;
  }

  /** Passes for what can be a key. */
  static void hashable(Object key) {
    if (key instanceof List || key instanceof Map || key instanceof Slice) {
      throw new TemplateException("unhashable type: '%s'".formatted(Python.type(key)));
    }
    if (key instanceof Undefined undefined) {
      undefined.asEmpty();
    }
  }
}
