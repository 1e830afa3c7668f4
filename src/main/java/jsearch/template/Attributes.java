package jsearch.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** {@code value.name} and {@code value[key]}, looked up in Jinja's order. */
final class Attributes {
  /** What integers and truth values, which are integers in Python, have in common. */
  private static final Set<String> WHOLE =
      Set.of(
          "as_integer_ratio",
          "bit_count",
          "bit_length",
          "conjugate",
          "denominator",
          "from_bytes",
          "imag",
          "is_integer",
          "numerator",
          "real",
          "to_bytes");

  /** Attributes of Python's types that we do not have; a template that asks for one is refused. */
  private static final Map<String, Set<String>> UNKNOWN =
      Map.of(
          "str",
          Set.of(
              "casefold",
              "center",
              "encode",
              "expandtabs",
              "format_map",
              "isalnum",
              "isascii",
              "isidentifier",
              "islower",
              "isnumeric",
              "isprintable",
              "istitle",
              "isupper",
              "ljust",
              "maketrans",
              "rjust",
              "swapcase",
              "translate",
              "zfill"),
          "dict",
          Set.of("fromkeys"),
          "int",
          WHOLE,
          "bool",
          WHOLE,
          "float",
          Set.of(
              "as_integer_ratio",
              "conjugate",
              "fromhex",
              "from_number",
              "hex",
              "imag",
              "is_integer",
              "real"),
          "range",
          Set.of("count", "index", "start", "step", "stop"));

  /** What would change a value, which Jinja's sandbox does not allow. */
  private static final Map<String, Set<String>> CHANGING =
      Map.of(
          "dict",
          Set.of("clear", "pop", "popitem", "setdefault", "update"),
          "list",
          Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"));

  private Attributes() {}

  /** {@code value.name}: a method, else the element of that name, else undefined. */
  static Object attribute(Object value, String name, boolean strict) {
    if (value instanceof Loop loop) {
      return loop.attribute(name, strict);
    }
    Object own = own(value, name, strict);
    if (own != null) {
      return own;
    }
    if (value instanceof Map<?, ?> map && Dicts.has(map, name)) {
      return Dicts.get(map, name);
    }
    if (value instanceof Namespace namespace && namespace.has(name)) {
      return namespace.get(name);
    }
    return Undefined.of(value, name, strict);
  }

  /** {@code value[key]}: an element, else for a text the attribute, else undefined. */
  static Object item(Object value, Object key, boolean strict) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (key instanceof Slice slice) {
      return sliced(value, slice);
    }
    if (value instanceof Map<?, ?> map) {
      if (!(key instanceof List || key instanceof Map) && Dicts.has(map, key)) {
        return Dicts.get(map, key);
      }
    } else if (key instanceof Long || key instanceof Boolean) {
      return indexed(value, key, strict);
    }
    if (key instanceof String name) {
      if (value instanceof Namespace namespace && namespace.has(name)) {
        return namespace.get(name);
      }
      Object own = own(value, name, strict);
      if (own != null) {
        return own;
      }
    }
    return Undefined.of(value, key, strict);
  }

  private static Object sliced(Object value, Slice slice) {
    if (value instanceof String text) {
      return String.join("", slice.of(Python.points(text)));
    }
    if (value instanceof Range) {
      throw new TemplateException("a part of a range is not supported here");
    }
    List<Object> elements = Python.elements(value);
    if (elements == null) {
      throw new TemplateException(
          "'%s' object has no parts that could be taken".formatted(Python.type(value)));
    }
    List<Object> taken = slice.of(elements);
    return value instanceof Tuple ? new Tuple(taken) : taken;
  }

  private static Object indexed(Object value, Object key, boolean strict) {
    List<?> elements = value instanceof String text ? Python.points(text) : Python.elements(value);
    long index = Python.number(key).longValue();
    if (elements != null) {
      long at = index < 0 ? index + elements.size() : index;
      if (at >= 0 && at < elements.size()) {
        return elements.get((int) at);
      }
    }
    return Undefined.of(value, key, strict);
  }

  /** The attribute that the value's type has, null where it has none of that name. */
  private static Object own(Object value, String name, boolean strict) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
    String type = Python.type(value);
    if (name.startsWith("__")
        || UNKNOWN.getOrDefault(type, Set.of()).contains(name)
        || value instanceof Markup
        || value instanceof Generator
        || value instanceof Callable) {
      throw new TemplateException("%s.%s is not supported here".formatted(type, name));
    }
    if (CHANGING.getOrDefault(type, Set.of()).contains(name)) {
      return new Undefined(
          "access to attribute '%s' of '%s' object is unsafe".formatted(name, type), strict);
    }
    if (value instanceof String text) {
      BiFunction<String, Arguments, Object> method = TextMethods.get(name);
      return method == null ? null : (Callable) arguments -> method.apply(text, arguments);
    }
    if (value instanceof Map<?, ?> map) {
      return ofDict(map, name);
    }
    return value instanceof List<?> || value instanceof Tuple
        ? ofElements(Python.elements(value), name)
        : null;
  }

  private static Callable ofDict(Map<?, ?> map, String name) {
    return switch (name) {
      case "get" ->
          arguments -> {
            Arguments.Bound bound = arguments.bind("get", "key", "default");
            Object key = bound.get("key");
            return Dicts.has(map, key) ? Dicts.get(map, key) : bound.get("default", null);
          };
      case "keys" -> arguments -> new View("dict_keys", new ArrayList<>(map.keySet()));
      case "values" -> arguments -> new View("dict_values", new ArrayList<>(map.values()));
      case "items" -> arguments -> new View("dict_items", pairs(map));
      case "copy" -> arguments -> map;
      default -> null;
    };
  }

  /** Key and value of each entry. */
  static List<Object> pairs(Map<?, ?> map) {
    List<Object> pairs = new ArrayList<>();
    map.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
    return pairs;
  }

  private static Callable ofElements(List<Object> elements, String name) {
    return switch (name) {
      case "copy" -> arguments -> elements;
      case "count" ->
          arguments -> {
            Object value = arguments.bind("count", "value").get("value");
            return elements.stream().filter(element -> Python.equal(element, value)).count();
          };
      case "index" ->
          arguments -> {
            Object value = arguments.bind("index", "value").get("value");
            for (int i = 0; i < elements.size(); i++) {
              if (Python.equal(elements.get(i), value)) {
                return (long) i;
              }
            }
            throw new TemplateException("the value is not in the list");
          };
      default -> null;
    };
  }
}
