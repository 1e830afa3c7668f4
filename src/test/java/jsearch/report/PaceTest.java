package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.TimedTrial;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final LocalDateTime START = LocalDateTime.parse("2026-01-01T00:00:00");

  /** A trial that began and ended at these seconds, and worked for so many before its end. */
  private static TimedTrial trial(double begun, double ended, double seconds) {
    Trial trial =
        new Trial(
            0,
            Candidate.known(Origin.global("half")),
            Trial.State.COMPLETE,
            Optional.of(new Outcome(0.5, 0.5, 0.1, 4)),
            Map.of("seconds", seconds));
    return new TimedTrial(trial, at(begun), Optional.of(at(ended)));
  }

  private static LocalDateTime at(double seconds) {
    return START.plus(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  private static Optional<Duration> seconds(double seconds) {
    return Optional.of(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  @Test
  void trialsOneAfterTheOtherTakeTheirMean() {
    assertEquals(seconds(3), Pace.of(List.of(trial(0, 2, 2), trial(2, 6, 4))));
  }

  @Test
  void trialsBesideEachOtherShareTheirTime() {
    assertEquals(
        seconds(1.5),
        Pace.of(List.of(trial(0, 4, 4), trial(0, 3, 3), trial(3, 6, 3), trial(4, 6, 2))));
  }

  @Test
  void aNightBetweenTwoTrialsDoesNotCount() {
    assertEquals(seconds(2), Pace.of(List.of(trial(0, 2, 2), trial(30_000, 30_002, 2))));
  }

  @Test
  void aTrialThatWasCutOffCountsFromWhereItBeganAgain() {
    assertEquals(seconds(2), Pace.of(List.of(trial(0, 2, 2), trial(2, 30_000, 2))));
  }

  @Test
  void nothingIsKnownBeforeATrialHasEnded() {
    Trial running =
        new Trial(
            0,
            Candidate.known(Origin.global("half")),
            Trial.State.RUNNING,
            Optional.empty(),
            Map.of());
    assertEquals(
        Optional.empty(), Pace.of(List.of(new TimedTrial(running, START, Optional.empty()))));
  }
}
