package jsearch.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Python's operators and built-in functions make of values. */
final class Python {
  private static final Map<Class<?>, String> NAMES =
      Map.of(
          Boolean.class, "bool",
          Long.class, "int",
          Double.class, "float",
          String.class, "str",
          Tuple.class, "tuple",
          Range.class, "range",
          Generator.class, "generator",
          Slice.class, "slice",
          Undefined.class, "Undefined");

  private Python() {}

  /** Python's name of the value's type. */
  static String type(Object value) {
    if (value == null) {
      return "NoneType";
    }
    if (value instanceof View view) {
      return view.type();
    }
    if (NAMES.containsKey(value.getClass())) {
      return NAMES.get(value.getClass());
    }
    if (value instanceof Callable) {
      return "function";
    }
    return value instanceof List
        ? "list"
        : value instanceof Map ? "dict" : value.getClass().getSimpleName();
  }

  /** {@code bool(value)}. */
  static boolean truth(Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof Undefined undefined) {
      undefined.asEmpty();
      return false;
    }
    if (value instanceof Markup markup) {
      return !markup.text().isEmpty();
    }
    return !isSized(value) || length(value) != 0;
  }

  private static boolean isSized(Object value) {
    return value instanceof String
        || value instanceof Map
        || value instanceof View
        || elements(value) != null;
  }

  /** {@code len(value)}; of a text in code points. */
  static long length(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof View view) {
      return view.items().size();
    }
    if (value instanceof Undefined undefined) {
      undefined.asEmpty();
      return 0;
    }
    List<Object> elements = elements(value);
    if (elements == null) {
      throw new TemplateException("object of type '%s' has no len()".formatted(type(value)));
    }
    return elements.size();
  }

  /** Elements of what can be indexed by numbers and is no text, null for anything else. */
  static List<Object> elements(Object value) {
    if (value instanceof List<?> list) {
      @SuppressWarnings("unchecked") // nothing is written into it
      List<Object> items = (List<Object>) list;
      return items;
    }
    if (value instanceof Tuple tuple) {
      return tuple.items();
    }
    return value instanceof Range range ? range.items() : null;
  }

  /** {@code list(value)}: code points of a text, keys of a dict. */
  static List<Object> iterate(Object value) {
    if (value instanceof String text) {
      return new ArrayList<>(points(text));
    }
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof View view) {
      return view.items();
    }
    if (value instanceof Generator generator) {
      return generator.drain();
    }
    if (value instanceof Undefined undefined) {
      undefined.asEmpty();
      return List.of();
    }
    List<Object> elements = elements(value);
    if (elements == null) {
      throw new TemplateException("'%s' object is not iterable".formatted(type(value)));
    }
    return elements;
  }

  static boolean isIterable(Object value) {
    if (value instanceof Undefined undefined) {
      undefined.asEmpty();
      return true;
    }
    return isSized(value) || value instanceof Generator || value instanceof Markup;
  }

  /** The text's code points, each as a text. */
  static List<String> points(String text) {
    return text.codePoints().mapToObj(Character::toString).collect(Collectors.toList());
  }

  /** {@code left == right}. */
  static boolean equal(Object left, Object right) {
    if (left instanceof Undefined || right instanceof Undefined) {
      ((Undefined) (left instanceof Undefined ? left : right)).asEmpty();
      return left instanceof Undefined && right instanceof Undefined;
    }
    if (isNumber(left) && isNumber(right)) {
      return ordered(left, right) && compareNumbers(left, right) == 0;
    }
    if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> other) {
      return map.size() == other.size()
          && map.entrySet().stream()
              .allMatch(
                  entry ->
                      Dicts.has(other, entry.getKey())
                          && equal(entry.getValue(), Dicts.get(other, entry.getKey())));
    }
    if (left instanceof List<?> list && right instanceof List<?> other) {
      return allEqual(list, other);
    }
    if (left instanceof Tuple tuple && right instanceof Tuple other) {
      return allEqual(tuple.items(), other.items());
    }
    return left == null || right == null ? left == right : comparable(left).equals(right);
  }

  private static Object comparable(Object value) {
    if (value instanceof View || value instanceof Range || value instanceof Markup) {
      throw new TemplateException(
          "a value of type %s cannot be compared here".formatted(type(value)));
    }
    return value;
  }

  private static boolean allEqual(List<?> left, List<?> right) {
    Iterator<?> others = right.iterator();
    return left.size() == right.size()
        && left.stream().allMatch(value -> equal(value, others.next()));
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  /** A truth value as the number that it is. */
  static Number number(Object value) {
    return value instanceof Boolean truth ? Long.valueOf(truth ? 1 : 0) : (Number) value;
  }

  private static boolean ordered(Object left, Object right) {
    return !isNan(left) && !isNan(right);
  }

  private static boolean isNan(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static int compareNumbers(Object left, Object right) {
    Number a = number(left);
    Number b = number(right);
    if (a instanceof Long first && b instanceof Long second) {
      return first.compareTo(second);
    }
    if (Double.isInfinite(a.doubleValue()) || Double.isInfinite(b.doubleValue())) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(Number number) {
    return number instanceof Long whole
        ? new BigDecimal(whole)
        : new BigDecimal(number.doubleValue());
  }

  /**
   * The order of two values, as {@code operator} asks for it.
   *
   * @throws TemplateException when they have none
   */
  static int compare(Object left, Object right, String operator) {
    if (isNumber(left) && isNumber(right) && ordered(left, right)) {
      return compareNumbers(left, right);
    }
    if (left instanceof String text && right instanceof String other) {
      return comparePoints(text, other);
    }
    if (left instanceof List<?> list && right instanceof List<?> other) {
      return compareAll(list, other, operator);
    }
    if (left instanceof Tuple tuple && right instanceof Tuple other) {
      return compareAll(tuple.items(), other.items(), operator);
    }
    for (Object value : new Object[] {left, right}) {
      if (value instanceof Undefined undefined) {
        throw undefined.fault();
      }
    }
    throw new TemplateException(
        "'%s' not supported between instances of '%s' and '%s'"
            .formatted(operator, type(left), type(right)));
  }

  private static int comparePoints(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    return Arrays.compare(a, b);
  }

  private static int compareAll(List<?> left, List<?> right, String operator) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return compare(left.get(i), right.get(i), operator);
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** {@code value in container}. */
  static boolean contains(Object container, Object value) {
    if (container instanceof String text) {
      if (value instanceof Undefined undefined) {
        throw undefined.fault();
      }
      if (!(value instanceof String part)) {
        throw new TemplateException(
            "'in <string>' requires string as left operand, not " + type(value));
      }
      return text.contains(part);
    }
    if (container instanceof Map<?, ?> map) {
      return Dicts.has(map, value);
    }
    if (!isIterable(container)) {
      throw new TemplateException(
          "argument of type '%s' is not iterable".formatted(type(container)));
    }
    return iterate(container).stream().anyMatch(element -> equal(element, value));
  }
}
