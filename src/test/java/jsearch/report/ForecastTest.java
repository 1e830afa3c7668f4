package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import jsearch.study.Candidate;
import jsearch.study.Compute;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Snapshot;
import jsearch.study.StudySpec;
import jsearch.study.TimedTrial;
import jsearch.study.Trial;
import jsearch.study.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimate against searches that are played through by hand or by {@link Played}. */
class ForecastTest {
  private static final LocalDateTime START = LocalDateTime.parse("2026-01-02T03:00:00");
  private static final int KNOWN = 4;
  private static final double CONFIRM_SHARE = 2.5;
  private static final double BETWEEN = 0.02;

  private static LocalDateTime at(double seconds) {
    return START.plus(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  private static StudySpec spec(int workers, int budget) {
    StudySpec plain = Examples.spec(Limits.NONE);
    return new StudySpec(
        plain.base(),
        plain.donor(),
        plain.tokenizerSource(),
        plain.suite(),
        plain.family(),
        plain.baselines(),
        plain.optimizer(),
        plain.seed(),
        budget,
        false,
        Limits.NONE,
        new Compute("cpu", "float32", OptionalInt.of(1), OptionalInt.of(2048), workers),
        plain.versions());
  }

  private static Candidate candidate(int number) {
    return switch (number) {
      case 0 -> Candidate.known(Origin.BASE);
      case 1 -> Candidate.known(Origin.DONOR);
      case 2, 3 -> Candidate.known(Origin.global("g" + number));
      default -> Candidate.proposal(List.of(0.5), List.of());
    };
  }

  private static TimedTrial running(int number, double begun) {
    Trial trial =
        new Trial(number, candidate(number), Trial.State.RUNNING, Optional.empty(), Map.of());
    return new TimedTrial(trial, at(begun), Optional.empty());
  }

  private static TimedTrial ended(
      int number, Trial.State state, double begun, double seconds, double end) {
    // The later the better, so that the best is a proposal.
    Trial trial =
        new Trial(
            number,
            candidate(number),
            state,
            Optional.of(new Outcome(number / 1e3, number / 1e3, 0.1, 4)),
            Map.of(Trial.SECONDS, seconds));
    return new TimedTrial(trial, at(begun), Optional.of(at(end)));
  }

  private static Snapshot snapshot(StudySpec spec, List<TimedTrial> timed, Turn turn) {
    return new Snapshot(
        Path.of("study"),
        spec,
        timed,
        Duration.ZERO,
        OptionalLong.of(1),
        Optional.ofNullable(turn));
  }

  private static Turn turn(double share, Optional<LocalDateTime> deadline, OptionalInt patience) {
    return new Turn(START, deadline, patience, 1000, Math.round(1000 * share));
  }

  private static Turn turn(double share) {
    return turn(share, Optional.empty(), OptionalInt.empty());
  }

  private static double left(Snapshot study, double now, int total) {
    return Forecast.of(study, at(now)).orElseThrow().left(total).toMillis() / 1e3;
  }

  /** A search played through: when each trial began and was recorded, and when all was over. */
  private record Played(
      int workers, double[] seconds, boolean[] pruned, double[] begun, double[] ended, double end) {

    /** Trials are recorded in the order begun; the one that is W later then begins. */
    static Played of(int workers, double[] seconds, boolean[] pruned, double whole) {
      double[] begun = new double[seconds.length];
      double[] ended = new double[seconds.length];
      for (int i = 0; i < seconds.length; i++) {
        begun[i] = i < workers ? 0 : ended[i - workers] + BETWEEN;
        ended[i] = Math.max(begun[i] + seconds[i], i == 0 ? 0 : ended[i - 1]);
      }
      double confirming = Math.ceil(4.0 / workers) * CONFIRM_SHARE * whole;
      return new Played(
          workers, seconds, pruned, begun, ended, ended[seconds.length - 1] + confirming);
    }

    Snapshot at(double now) {
      List<TimedTrial> timed = new ArrayList<>();
      for (int i = 0; i < seconds.length && begun[i] <= now; i++) {
        Trial.State state = pruned[i] ? Trial.State.PRUNED : Trial.State.COMPLETE;
        timed.add(
            ended[i] <= now
                ? ForecastTest.ended(i, state, begun[i], seconds[i], ended[i])
                : running(i, begun[i]));
      }
      return snapshot(spec(workers, seconds.length - KNOWN), timed, turn(CONFIRM_SHARE));
    }

    void assertForecast(double share, double tolerance) {
      double now = share * end;
      double left = left(at(now), now, seconds.length);
      assertEquals(end - now, left, tolerance * end, "at " + share);
    }
  }

  /** Trials of about two seconds, the first of each worker three times as slow. */
  private static double[] seconds(int workers, int trials) {
    Random random = new Random(7);
    double[] seconds = new double[trials];
    for (int i = 0; i < trials; i++) {
      seconds[i] = (i < workers ? 6 : 2) * (0.9 + 0.2 * random.nextDouble());
    }
    return seconds;
  }

  @ParameterizedTest
  @CsvSource({"1, 36", "2, 36", "2, 37", "3, 100"})
  void afterASlowStartTheForecastIsRightToAFewPercentConfirmationIncluded(int workers, int trials) {
    Played played = Played.of(workers, seconds(workers, trials), new boolean[trials], 2);
    for (double share : new double[] {0.25, 0.5, 0.75, 0.95}) {
      played.assertForecast(share, 0.03);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aRaceIsForeseenToGoOnDroppingAsMany(int workers) {
    int trials = 104;
    double[] seconds = seconds(workers, trials);
    boolean[] pruned = new boolean[trials];
    for (int i = KNOWN; i < trials; i++) {
      if (i % 5 < 3) {
        pruned[i] = true;
        seconds[i] /= 8;
      }
    }
    Played played = Played.of(workers, seconds, pruned, 2);
    for (double share : new double[] {0.25, 0.5, 0.75}) {
      played.assertForecast(share, 0.05);
    }
  }

  @Test
  void aNightBetweenTwoProcessesDoesNotCount() {
    List<TimedTrial> timed = new ArrayList<>();
    double night = 40_000;
    for (int i = 0; i < 10; i++) {
      double begun = 2 * i + (i < 6 ? 0 : night);
      timed.add(ended(i, Trial.State.COMPLETE, begun, 2, begun + 2));
    }
    Turn second = new Turn(at(night + 11), Optional.empty(), OptionalInt.empty(), 1000, 0);
    assertEquals(20, left(snapshot(spec(1, 16), timed, second), night + 20, 20), 1e-3);
  }

  @Test
  void whatRunsCountsByWhatIsLeftOfIt() {
    List<TimedTrial> timed =
        List.of(
            ended(0, Trial.State.COMPLETE, 0, 10, 10),
            ended(1, Trial.State.COMPLETE, 10, 10, 20),
            running(2, 20));
    Snapshot study = snapshot(spec(1, 1), timed, turn(0));
    assertEquals(10, left(study, 20, 3), 1e-3);
    assertEquals(4, left(study, 26, 3), 1e-3);
    assertEquals(0, left(study, 99, 3), 2e-3, "one that takes longer may end at any moment");
  }

  @Test
  void confirmationIsLeftWhenEveryTrialHasEnded() {
    List<TimedTrial> timed =
        List.of(
            ended(0, Trial.State.COMPLETE, 0, 10, 10),
            ended(1, Trial.State.COMPLETE, 10, 10, 20),
            ended(2, Trial.State.COMPLETE, 20, 10, 30));
    Snapshot study = snapshot(spec(1, 1), timed, turn(2));
    // Both parents and the global SLERP, which is the best merge too.
    assertEquals(60, left(study, 30, 3), 1e-3);
    assertEquals(45, left(study, 45, 3), 1e-3);
  }

  @Test
  void finalistsOfAnEarlierProcessAreScoredOnTheSearchItemsAgain() {
    List<TimedTrial> timed =
        List.of(
            ended(0, Trial.State.COMPLETE, -40, 10, -30),
            ended(1, Trial.State.COMPLETE, -30, 10, -20),
            ended(2, Trial.State.COMPLETE, 0, 10, 10));
    assertEquals(3 * 20 + 2 * 10, left(snapshot(spec(1, 1), timed, turn(2)), 10, 3), 1e-3);
  }

  @Test
  void theMergeOfAFinalistTakesNoLongerForMoreItems() {
    Trial trial =
        new Trial(
            0,
            candidate(0),
            Trial.State.COMPLETE,
            Optional.of(new Outcome(0, 0, 0.1, 4)),
            Map.of(
                Trial.SECONDS,
                10.0,
                "timing",
                Map.of("merge", 4.0, "prefill", 6.0, "decode", 0.0, "rest", 0.0)));
    Snapshot study =
        snapshot(spec(1, 1), List.of(new TimedTrial(trial, at(0), Optional.of(at(10)))), turn(2));
    assertEquals(4 + 2 * 6, left(study, 10, 1), 1e-3);
  }

  @Test
  void noTrialBeginsAfterTheDeadlineAndWhatRunsThenIsFinished() {
    List<TimedTrial> timed =
        List.of(
            ended(0, Trial.State.COMPLETE, 0, 10, 10), ended(1, Trial.State.COMPLETE, 10, 10, 20));
    Snapshot study =
        snapshot(spec(1, 98), timed, turn(0, Optional.of(at(55)), OptionalInt.empty()));
    assertEquals(40, left(study, 20, 100), 1e-3, "four more: the last one begins at 50");
  }

  @Test
  void patienceThatRunsOutEndsTheSearchEarlier() {
    List<TimedTrial> timed = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      timed.add(ended(i, Trial.State.COMPLETE, 10 * i, 10, 10 * (i + 1)));
    }
    Turn turn = turn(0, Optional.empty(), OptionalInt.of(3));
    assertEquals(30, left(snapshot(spec(1, 96), timed, turn), 60, 100), 1e-3);
    Trial worse =
        new Trial(
            6,
            candidate(6),
            Trial.State.COMPLETE,
            Optional.of(new Outcome(-1, -1, 0.1, 4)),
            Map.of(Trial.SECONDS, 10.0));
    timed.add(new TimedTrial(worse, at(60), Optional.of(at(70))));
    assertEquals(20, left(snapshot(spec(1, 96), timed, turn), 70, 100), 1e-3);
  }

  @Test
  void nothingIsForeseenBeforeATrialHasEnded() {
    assertTrue(Forecast.of(snapshot(spec(1, 1), List.of(running(0, 0)), turn(1)), at(5)).isEmpty());
  }

  @Test
  void withoutWordOfTheProcessTheStudysOwnLimitsHold() {
    List<TimedTrial> timed =
        List.of(
            ended(0, Trial.State.COMPLETE, 0, 10, 10), ended(1, Trial.State.COMPLETE, 10, 10, 20));
    assertEquals(980, left(snapshot(spec(1, 98), timed, null), 20, 100), 1e-3);
  }
}
