package jsearch.template;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import jsearch.python.PythonText;

/** The filters {@code int} and {@code float}: numbers of what looks like one. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+(_\\d+)*");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+)?");

  private Numbers() {}

  static Object whole(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("int", "default");
    Object otherwise = bound.get("default", 0L);
    refuseUndefined(value);
    if (value instanceof Boolean || value instanceof Long) {
      return Python.number(value);
    }
    if (value instanceof String text) {
      String number = PythonText.strip(text);
      if (WHOLE.matcher(number).matches()) {
        return fitting(new BigDecimal(number.replace("_", "")));
      }
    }
    Double real = parsed(value);
    if (real == null || !Double.isFinite(real)) {
      return otherwise;
    }
    return fitting(new BigDecimal(real));
  }

  private static Long fitting(BigDecimal value) {
    if (value.toBigInteger().bitLength() > 63) {
      throw new TemplateException("int: the number is beyond 64 bits");
    }
    return value.longValue();
  }

  static Object real(Object value, Arguments arguments) {
    Object otherwise = arguments.bind("float", "default").get("default", 0.0);
    refuseUndefined(value);
    Double real = parsed(value);
    return real == null ? otherwise : real;
  }

  private static void refuseUndefined(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
  }

  private static Double parsed(Object value) {
    if (Python.isNumber(value)) {
      return Python.number(value).doubleValue();
    }
    if (!(value instanceof String text)) {
      return null;
    }
    String number = PythonText.strip(text);
    if (number.matches("(?i)[+-]?(inf|infinity|nan)") || number.chars().anyMatch(c -> c > 127)) {
      throw new TemplateException("'%s' as a number is not supported here".formatted(text));
    }
    return REAL.matcher(number).matches() ? Double.valueOf(number.replace("_", "")) : null;
  }
}
