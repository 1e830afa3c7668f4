package jsearch.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments of a call; any of them may be null, which is Python's None.
 *
 * @param positional those without a name, in order
 * @param named the others
 */
public record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  public Arguments {
    positional = Collections.unmodifiableList(new ArrayList<>(positional));
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** These with one more in front. */
  Arguments after(Object first) {
    List<Object> all = new ArrayList<>();
    all.add(first);
    all.addAll(positional);
    return new Arguments(all, named);
  }

  /** These without the first {@code count} positional ones. */
  Arguments from(int count) {
    return new Arguments(
        positional.subList(Math.min(count, positional.size()), positional.size()), named);
  }

  /**
   * Gives each argument its parameter.
   *
   * @param function named in errors
   * @throws TemplateException when there are more than the parameters, or others
   */
  public Bound bind(String function, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new TemplateException(
          "%s takes at most %d arguments, found %d"
              .formatted(function, parameters.length, positional.size()));
    }
    Map<String, Object> bound = new LinkedHashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      bound.put(parameters[i], positional.get(i));
    }
    List<String> known = List.of(parameters);
    named.forEach(
        (name, value) -> {
          if (!known.contains(name) || bound.containsKey(name)) {
            throw new TemplateException(
                "%s has no parameter %s to be given here, its parameters are %s"
                    .formatted(function, name, known));
          }
          bound.put(name, value);
        });
    return new Bound(function, bound);
  }

  /**
   * Arguments by parameter.
   *
   * @param function named in errors
   * @param values of the parameters that were given
   */
  public record Bound(String function, Map<String, Object> values) {
    private static final int WIDEST = 1000;

    boolean has(String name) {
      return values.containsKey(name);
    }

    /** The argument, which must have been given. */
    public Object get(String name) {
      if (!has(name)) {
        throw new TemplateException("%s lacks the argument %s".formatted(function, name));
      }
      return values.get(name);
    }

    Object get(String name, Object otherwise) {
      return has(name) ? values.get(name) : otherwise;
    }

    /** A string. */
    public String text(String name) {
      return Expected.text(get(name), function + ": " + name);
    }

    /** A whole number, {@code otherwise} where it was not given. */
    public int whole(String name, int otherwise) {
      return has(name) ? Expected.whole(values.get(name), function + ": " + name) : otherwise;
    }

    /** Text given as such, or as a number of spaces. */
    String spaces(String name, int otherwise) {
      if (get(name, null) instanceof String text) {
        return text;
      }
      int width = whole(name, otherwise);
      if (width > WIDEST) {
        throw new TemplateException(
            "%s: %s is %d, expected at most %d".formatted(function, name, width, WIDEST));
      }
      return " ".repeat(Math.max(0, width));
    }

    boolean truth(String name) {
      return has(name) && Python.truth(values.get(name));
    }
  }
}
