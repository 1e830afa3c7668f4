package jsearch.study;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.document.InputException;

/**
 * How long a search may take, as people write it: {@code 30s}, {@code 45m}, {@code 1h30m}, {@code
 * 2d}.
 *
 * @param duration whole seconds, not negative; 0 ends a search with what it has
 */
public record TimeLimit(Duration duration) {
  private static final Pattern WORDS =
      Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,7})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?");

  public TimeLimit {
    if (duration.isNegative() || duration.toNanosPart() != 0) {
      throw new IllegalArgumentException("a time limit of " + duration);
    }
  }

  /**
   * Reads what a person wrote.
   *
   * @throws InputException for anything else
   */
  public static TimeLimit parse(String text) {
    Matcher matcher = WORDS.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new InputException(
          """
          The time limit is "%s", expected days, hours, minutes and seconds such as 45m or 8h.
          Maybe write 1h30m for one hour and a half."""
              .formatted(text));
    }
    return new TimeLimit(
        Duration.ofDays(number(matcher, 1))
            .plusHours(number(matcher, 2))
            .plusMinutes(number(matcher, 3))
            .plusSeconds(number(matcher, 4)));
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The shortest words for it, as {@link #parse} takes them. */
  @Override
  public String toString() {
    String words =
        part(duration.toDaysPart(), "d")
            + part(duration.toHoursPart(), "h")
            + part(duration.toMinutesPart(), "m")
            + part(duration.toSecondsPart(), "s");
    return words.isEmpty() ? "0s" : words;
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }
}
