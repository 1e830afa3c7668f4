package jsearch.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.python.PythonText;

/** Python's formats: {@code %} with s, r, d, i and f, and {@code str.format} without formats. */
final class Percent {
  private static final Pattern FIELD =
      Pattern.compile("%(?:\\(([^)]*)\\))?([-0]*)(\\d{1,4})?(?:\\.(\\d{1,3}))?([sdirf%])?");
  private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{(\\w{0,9})}|[{}]");

  private Percent() {}

  /** {@code format % value}. */
  static String format(String format, Object value) {
    List<Object> given = value instanceof Tuple tuple ? tuple.items() : List.of();
    Iterator<Object> values =
        (value instanceof Tuple ? given : Collections.singletonList(value)).iterator();
    boolean named = value instanceof Map;
    StringBuilder out = new StringBuilder();
    Matcher field = FIELD.matcher(format);
    while (field.find()) {
      if (field.group(5) == null) {
        throw new TemplateException("'%s' has a format that is not supported".formatted(format));
      }
      String text = "%";
      if (!field.group(5).equals("%")) {
        text = field(field, argument(field.group(1), value, values));
        named |= field.group(1) != null;
      }
      field.appendReplacement(out, Matcher.quoteReplacement(text));
    }
    if (values.hasNext() && !named) {
      throw new TemplateException("not all arguments converted during string formatting");
    }
    return field.appendTail(out).toString();
  }

  private static Object argument(String name, Object value, Iterator<Object> values) {
    if (name != null) {
      if (value instanceof Map<?, ?> map) {
        return named(map, name);
      }
      throw new TemplateException("format requires a mapping");
    }
    if (!values.hasNext()) {
      throw new TemplateException("not enough arguments for format string");
    }
    return values.next();
  }

  private static Object named(Map<?, ?> values, String name) {
    if (!values.containsKey(name)) {
      throw new TemplateException("'%s' is not given to the format".formatted(name));
    }
    return values.get(name);
  }

  private static String field(Matcher field, Object value) {
    String precision = field.group(4);
    String text =
        switch (field.group(5)) {
          case "s" -> cut(PythonText.str(value), precision);
          case "r" -> cut(PythonText.repr(value), precision);
          case "f" -> fixed(value, precision == null ? 6 : Integer.parseInt(precision));
          default -> whole(value, precision);
        };
    int width = field.group(3) == null ? 0 : Integer.parseInt(field.group(3));
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    if (field.group(2).contains("-")) {
      return text + " ".repeat(missing);
    }
    boolean zeros = field.group(2).contains("0") && !"sr".contains(field.group(5));
    int sign = zeros && text.startsWith("-") ? 1 : 0;
    return text.substring(0, sign) + (zeros ? "0" : " ").repeat(missing) + text.substring(sign);
  }

  private static String cut(String text, String precision) {
    return precision == null
        ? text
        : String.join("", new Slice(null, Long.valueOf(precision), null).of(Python.points(text)));
  }

  private static String fixed(Object value, int digits) {
    if (!Python.isNumber(value) || !Double.isFinite(Python.number(value).doubleValue())) {
      throw new TemplateException("%%f is given a %s".formatted(Python.type(value)));
    }
    Number number = Python.number(value);
    BigDecimal exact =
        number instanceof Long whole ? new BigDecimal(whole) : new BigDecimal(number.doubleValue());
    String text = exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    boolean lost = 1 / number.doubleValue() < 0 && !text.startsWith("-");
    return lost && number instanceof Double ? "-" + text : text;
  }

  private static String whole(Object value, String precision) {
    if (!Python.isNumber(value) || precision != null) {
      throw new TemplateException("%%d is given a %s".formatted(Python.type(value)));
    }
    Number number = Python.number(value);
    return new BigDecimal(number.toString()).setScale(0, RoundingMode.DOWN).toPlainString();
  }

  /** {@code format.format(...)}. */
  static String braces(String format, Arguments arguments) {
    StringBuilder out = new StringBuilder();
    Matcher field = BRACES.matcher(format);
    int next = 0;
    while (field.find()) {
      String found = field.group();
      if (found.length() == 1) {
        throw new TemplateException("'%s' has a format that is not supported".formatted(format));
      }
      String text = found.substring(1);
      if (field.group(1) != null) {
        boolean counted = field.group(1).isEmpty();
        text = PythonText.str(braced(counted ? String.valueOf(next) : field.group(1), arguments));
        next += counted ? 1 : 0;
      }
      field.appendReplacement(out, Matcher.quoteReplacement(text));
    }
    return field.appendTail(out).toString();
  }

  private static Object braced(String name, Arguments arguments) {
    if (!PythonText.isDigits(name)) {
      return named(arguments.named(), name);
    }
    int index = Integer.parseInt(name);
    if (index >= arguments.positional().size()) {
      throw new TemplateException("Replacement index %d out of range".formatted(index));
    }
    return arguments.positional().get(index);
  }
}
