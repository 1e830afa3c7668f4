package jsearch.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Python's arithmetic on numbers, texts and lists. */
final class Arithmetic {
  private static final int LONGEST = 1_000_000;

  private Arithmetic() {}

  /** The value of {@code left operator right}. */
  static Object of(String operator, Object left, Object right) {
    for (Object value : new Object[] {left, right}) {
      if (value instanceof Undefined undefined) {
        throw undefined.fault();
      }
    }
    if (Python.isNumber(left) && Python.isNumber(right)) {
      return numbers(operator, Python.number(left), Python.number(right));
    }
    if (operator.equals("+")) {
      return joined(left, right);
    }
    if (operator.equals("*") && isWhole(right)) {
      return repeated(left, right);
    }
    if (operator.equals("*") && isWhole(left)) {
      return repeated(right, left);
    }
    if (operator.equals("%") && left instanceof String format) {
      return Percent.format(format, right);
    }
    throw unsupported(operator, left, right);
  }

  private static TemplateException unsupported(String operator, Object left, Object right) {
    return new TemplateException(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(operator, Python.type(left), Python.type(right)));
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Boolean;
  }

  private static Object joined(Object left, Object right) {
    if (left instanceof String text && right instanceof String other) {
      return text + other;
    }
    if (left instanceof List<?> list && right instanceof List<?> other) {
      return both(list, other);
    }
    if (left instanceof Tuple tuple && right instanceof Tuple other) {
      return new Tuple(both(tuple.items(), other.items()));
    }
    throw unsupported("+", left, right);
  }

  private static List<Object> both(List<?> left, List<?> right) {
    List<Object> both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  private static Object repeated(Object value, Object times) {
    int count = Math.max(0, Expected.whole(times, "the number of repetitions"));
    if (value instanceof String text) {
      bounded((long) count * text.length());
      return text.repeat(count);
    }
    List<Object> elements = value instanceof Range ? null : Python.elements(value);
    if (elements == null) {
      throw unsupported("*", value, times);
    }
    bounded((long) count * elements.size());
    List<Object> all = new ArrayList<>();
    Collections.nCopies(count, elements).forEach(all::addAll);
    return value instanceof Tuple ? new Tuple(all) : all;
  }

  private static void bounded(long size) {
    if (size > LONGEST) {
      throw new TemplateException(
          "a repetition has %d elements, expected at most %d".formatted(size, LONGEST));
    }
  }

  private static Object numbers(String operator, Number left, Number right) {
    boolean whole = left instanceof Long && right instanceof Long;
    if ("/ // %".contains(operator) && right.doubleValue() == 0) {
      throw new TemplateException("division by zero");
    }
    return whole && !operator.equals("/")
        ? whole(operator, BigInteger.valueOf(left.longValue()), right.longValue())
        : real(operator, exactly(left), exactly(right));
  }

  private static Object whole(String operator, BigInteger left, long number) {
    BigInteger right = BigInteger.valueOf(number);
    if (operator.equals("**")) {
      if (number < 0) {
        return real(operator, exactly(left.longValue()), exactly(number));
      }
      if (number > 64 && left.abs().compareTo(BigInteger.ONE) > 0) {
        throw tooLarge();
      }
      return fitting(left.pow((int) Math.min(number, 64 + (number & 1))));
    }
    return fitting(
        switch (operator) {
          case "+" -> left.add(right);
          case "-" -> left.subtract(right);
          case "*" -> left.multiply(right);
          case "//" -> floor(left, right);
          default -> left.subtract(floor(left, right).multiply(right));
        });
  }

  private static BigInteger floor(BigInteger left, BigInteger right) {
    BigInteger[] both = left.divideAndRemainder(right);
    boolean below = both[1].signum() != 0 && both[1].signum() != right.signum();
    return below ? both[0].subtract(BigInteger.ONE) : both[0];
  }

  private static Long fitting(BigInteger value) {
    if (value.bitLength() > 63) {
      throw tooLarge();
    }
    return value.longValue();
  }

  private static TemplateException tooLarge() {
    return new TemplateException("a whole number is beyond 64 bits, which is not supported here");
  }

  /** Whole numbers that a float cannot hold are refused, never rounded in silence. */
  private static double exactly(Number number) {
    if (number instanceof Long whole && Math.abs(whole) > 1L << 53) {
      throw new TemplateException("a whole number beyond 2**53 meets a float here");
    }
    return number.doubleValue();
  }

  private static Double real(String operator, double left, double right) {
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.rint((left - remainder(left, right)) / right);
      case "%" -> remainder(left, right);
      default -> power(left, right);
    };
  }

  private static double remainder(double left, double right) {
    double rest = left % right;
    if (rest != 0 && rest < 0 != right < 0) {
      return rest + right;
    }
    return rest == 0 ? Math.copySign(0.0, right) : rest;
  }

  private static double power(double left, double right) {
    double value = Math.pow(left, right);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new TemplateException("%s ** %s is no real number".formatted(left, right));
    }
    return value;
  }

  /** {@code -value} or {@code +value}. */
  static Object signed(String sign, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (!Python.isNumber(value)) {
      throw new TemplateException(
          "bad operand type for unary %s: '%s'".formatted(sign, Python.type(value)));
    }
    Number number = Python.number(value);
    if (sign.equals("+")) {
      return number;
    }
    return number instanceof Long whole
        ? (Object) fitting(BigInteger.valueOf(whole).negate())
        : (Object) Double.valueOf(-number.doubleValue());
  }

  /** {@code abs(value)}. */
  static Object abs(Object value) {
    return Python.isNumber(value) && Python.number(value).doubleValue() < 0
        ? signed("-", value)
        : signed("+", value);
  }
}
