package jsearch.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import jsearch.python.PythonText;

/** Jinja's tests: what may stand after {@code is}. */
final class Tests {
  private static final Map<String, String> COMPARES =
      Map.ofEntries(
          Map.entry("==", "=="),
          Map.entry("eq", "=="),
          Map.entry("equalto", "=="),
          Map.entry("!=", "!="),
          Map.entry("ne", "!="),
          Map.entry(">", ">"),
          Map.entry("gt", ">"),
          Map.entry("greaterthan", ">"),
          Map.entry(">=", ">="),
          Map.entry("ge", ">="),
          Map.entry("<", "<"),
          Map.entry("lt", "<"),
          Map.entry("lessthan", "<"),
          Map.entry("<=", "<="),
          Map.entry("le", "<="),
          Map.entry("in", "in"));

  private Tests() {}

  /**
   * Whether the value passes the test.
   *
   * @throws TemplateException when there is no such test, or its arguments are not what it takes
   */
  static boolean holds(String test, Object value, Arguments arguments) {
    if (COMPARES.containsKey(test)) {
      Object other = arguments.bind("the test " + test, "other").get("other");
      return Expression.Comparison.holds(value, COMPARES.get(test), other);
    }
    switch (test) {
      case "divisibleby":
        Object number = arguments.bind("divisibleby", "num").get("num");
        return Python.equal(Arithmetic.of("%", value, number), 0L);
      case "sameas":
        return same(value, arguments.bind("sameas", "other").get("other"));
      default:
        arguments.bind("the test " + test);
        return plain(test, value);
    }
  }

  private static boolean plain(String test, Object value) {
    return switch (test) {
      case "defined" -> !(value instanceof Undefined);
      case "undefined" -> value instanceof Undefined;
      case "none" -> value == null;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "boolean" -> value instanceof Boolean;
      case "integer" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "number" -> Python.isNumber(value);
      case "string" -> value instanceof String || value instanceof Markup;
      case "mapping" -> value instanceof Map;
      case "sequence" -> isSequence(value);
      case "iterable" -> Python.isIterable(value);
      case "callable" -> value instanceof Callable || value instanceof Undefined;
      case "odd" -> Python.equal(Arithmetic.of("%", value, 2L), 1L);
      case "even" -> Python.equal(Arithmetic.of("%", value, 2L), 0L);
      case "lower" -> cased(value, false);
      case "upper" -> cased(value, true);
      case "escaped" -> value instanceof Markup;
      default -> throw new TemplateException("there is no test named '%s' here".formatted(test));
    };
  }

  private static boolean same(Object value, Object other) {
    boolean single = value == null || value instanceof Boolean;
    if (!single && other != null && !(other instanceof Boolean)) {
      throw new TemplateException("'is sameas' is supported for true, false and none alone");
    }
    return single && (value == null ? other == null : value.equals(other));
  }

  private static boolean isSequence(Object value) {
    if (value instanceof Undefined undefined) {
      undefined.asEmpty();
      return true;
    }
    return value instanceof String
        || value instanceof Markup
        || value instanceof Map
        || value instanceof List
        || value instanceof Tuple
        || value instanceof Range;
  }

  /** {@code str(value).islower()} or {@code isupper()}: some letter has case, and each this one. */
  private static boolean cased(Object value, boolean upper) {
    String text = PythonText.str(value);
    boolean some =
        text.codePoints().anyMatch(upper ? Character::isUpperCase : Character::isLowerCase);
    return some
        && text.codePoints()
            .noneMatch(
                c ->
                    Character.isTitleCase(c)
                        || (upper ? Character.isLowerCase(c) : Character.isUpperCase(c)));
  }

  /** The text that comparisons without regard to case take. */
  static Object folded(Object value, boolean caseSensitive) {
    return value instanceof String text && !caseSensitive ? text.toLowerCase(Locale.ROOT) : value;
  }
}
