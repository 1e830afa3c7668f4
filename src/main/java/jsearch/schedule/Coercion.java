package jsearch.schedule;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import jsearch.document.Document;

/**
 * Numbers and truth values in all the forms that mergekit takes them in.
 *
 * <p>PyYAML reads {@code 1e-3} as a string, so recipes have numbers as strings; mergekit makes
 * numbers of them, 1 and 0 of {@code true} and {@code false}, and truth values of words.
 */
final class Coercion {
  /** Larger numbers overflow the formats that merges are computed in. */
  private static final double LARGEST = Float.MAX_VALUE;

  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

  private Coercion() {}

  /**
   * A number that float32 can hold.
   *
   * @throws jsearch.document.InputException when the value is none
   */
  static double number(Document value) {
    double number = value.isBool() ? flag(value) : decimal(value);
    if (Math.abs(number) > LARGEST) {
      throw value.expected("a number from -3.4e38 to 3.4e38");
    }
    return number;
  }

  private static double decimal(Document value) {
    if (!value.isText()) {
      return value.number();
    }
    try {
      return new BigDecimal(value.text().strip()).doubleValue();
    } catch (NumberFormatException e) {
      throw value.expected("a number");
    }
  }

  /** A whole number from 0 to {@code most}. */
  static int whole(Document value, int most) {
    double number = number(value);
    if (number != Math.rint(number) || number < 0 || number > most) {
      throw value.expected("a whole number from 0 to %d".formatted(most));
    }
    return (int) number;
  }

  /** A truth value: 1 or 0. */
  static double flag(Document value) {
    if (value.isBool()) {
      return value.bool() ? 1 : 0;
    }
    String word = value.isText() ? value.text().toLowerCase(Locale.ROOT) : "";
    if (TRUE.contains(word) || value.isNumber() && value.number() == 1) {
      return 1;
    }
    if (FALSE.contains(word) || value.isNumber() && value.number() == 0) {
      return 0;
    }
    throw value.expected("true or false");
  }
}
