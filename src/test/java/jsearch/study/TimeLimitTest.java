package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitTest {
  @ParameterizedTest
  @CsvSource({
    "30s,30,30s",
    "45m,2700,45m",
    "8h,28800,8h",
    "1h30m,5400,1h30m",
    "90m,5400,1h30m",
    "2d,172800,2d",
    "1d1h1m1s,90061,1d1h1m1s",
    "0s,0,0s",
    "0h,0,0s"
  })
  void daysHoursMinutesAndSecondsAreReadAndWritten(String text, long seconds, String written) {
    TimeLimit limit = TimeLimit.parse(text);
    assertEquals(Duration.ofSeconds(seconds), limit.duration());
    assertEquals(written, limit.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "8 h", "h", "-1h", "1.5h", "30m1h", "8hours", "1h1h", "PT8H"})
  void anythingElseIsRefused(String text) {
    InputException e = assertThrows(InputException.class, () -> TimeLimit.parse(text));
    assertTrue(e.getMessage().startsWith("The time limit is \"" + text + "\", "), e.getMessage());
  }

  @Test
  void limitsThatAreGivenHoldInThePlaceOfOthers() {
    Limits recorded =
        new Limits(Optional.of(TimeLimit.parse("8h")), OptionalInt.of(10), OptionalDouble.of(0.7));
    Limits asked = new Limits(Optional.empty(), OptionalInt.of(3), OptionalDouble.empty());
    assertEquals(
        new Limits(Optional.of(TimeLimit.parse("8h")), OptionalInt.of(3), OptionalDouble.of(0.7)),
        recorded.overriddenBy(asked));
    assertEquals(recorded, recorded.overriddenBy(Limits.NONE));
    assertEquals(recorded, Limits.NONE.overriddenBy(recorded));
  }

  @Test
  void patienceForNoProposalAndATargetWithoutANumberAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Limits(Optional.empty(), OptionalInt.of(0), OptionalDouble.empty()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Limits(Optional.empty(), OptionalInt.empty(), OptionalDouble.of(Double.NaN)));
  }
}
