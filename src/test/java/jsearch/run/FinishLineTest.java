package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import jsearch.SetClock;
import jsearch.study.Candidate;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.TimeLimit;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;

class FinishLineTest {
  private static final double FAILED = Double.NaN;

  private final SetClock clock = new SetClock(Instant.EPOCH);

  private FinishLine patience(int proposals) {
    return line(new Limits(Optional.empty(), OptionalInt.of(proposals), OptionalDouble.empty()));
  }

  private FinishLine target(double score) {
    return line(new Limits(Optional.empty(), OptionalInt.empty(), OptionalDouble.of(score)));
  }

  private FinishLine line(Limits limits) {
    return new FinishLine(limits, Duration.ZERO, clock);
  }

  /** Both parents with 0.9, a known schedule with 0.5, then proposals with these scores. */
  private static List<Trial> trials(double... proposals) {
    List<Trial> trials = new ArrayList<>();
    trials.add(trial(0, Candidate.known(Origin.parent("base")), 0.9));
    trials.add(trial(1, Candidate.known(Origin.parent("donor")), 0.9));
    trials.add(trial(2, Candidate.known(Origin.global("half")), 0.5));
    for (double score : proposals) {
      trials.add(trial(trials.size(), Candidate.proposal(List.of(0.5), List.of()), score));
    }
    return trials;
  }

  private static Trial trial(int number, Candidate candidate, double score) {
    return Double.isNaN(score)
        ? new Trial(number, candidate, Trial.State.FAIL, Optional.empty(), Map.of())
        : new Trial(
            number,
            candidate,
            Trial.State.COMPLETE,
            Optional.of(new Outcome(score, score, 0.1, 4)),
            Map.of());
  }

  @Test
  void patienceEndsAfterSoManyProposalsInARowWithoutABetterOne() {
    assertEquals(Optional.empty(), patience(3).reachedBy(trials(0.4, 0.4, 0.6, 0.5, 0.6)));
    assertEquals(
        Optional.of(Ending.PATIENCE), patience(3).reachedBy(trials(0.4, 0.4, 0.6, 0.5, 0.6, 0.1)));
  }

  @Test
  void aFailedProposalIsNoBetterOneAndAKnownScheduleIsNoProposal() {
    assertEquals(Optional.empty(), patience(1).reachedBy(trials()));
    assertEquals(Optional.of(Ending.PATIENCE), patience(2).reachedBy(trials(FAILED, 0.5)));
  }

  @Test
  void onceReachedIsReachedWhateverWasStillRunning() {
    assertEquals(Optional.of(Ending.PATIENCE), patience(2).reachedBy(trials(0.4, 0.4, 0.8)));
  }

  @Test
  void theTargetIsReachedByAMergeNotByAParent() {
    assertEquals(Optional.empty(), target(0.7).reachedBy(trials(0.69)));
    assertEquals(Optional.of(Ending.TARGET), target(0.7).reachedBy(trials(0.69, 0.7)));
    assertEquals(Optional.of(Ending.TARGET), target(0.5).reachedBy(trials()));
  }

  @Test
  void aPrunedTrialDoesNotReachTheTarget() {
    List<Trial> trials = trials();
    trials.add(
        new Trial(
            3,
            Candidate.proposal(List.of(0.5), List.of()),
            Trial.State.PRUNED,
            Optional.of(new Outcome(0.9, 0.9, 0.1, 2)),
            Map.of()));
    assertEquals(Optional.empty(), target(0.7).reachedBy(trials));
  }

  @Test
  void withoutALimitNoneIsReached() {
    FinishLine none = line(Limits.NONE);
    assertEquals(Optional.empty(), none.reachedBy(trials(0.1, 0.1, 0.1, 1.0)));
    assertEquals(Optional.empty(), none.left());
    assertFalse(none.timeIsOver());
  }

  @Test
  void theTimeOfProcessesBeforeCounts() {
    Limits limits =
        new Limits(
            Optional.of(TimeLimit.parse("10m")), OptionalInt.empty(), OptionalDouble.empty());
    clock.pass(Duration.ofSeconds(1000));
    FinishLine line = new FinishLine(limits, Duration.ofMinutes(4), clock);
    assertEquals(Optional.of(Duration.ofMinutes(6)), line.left());
    clock.pass(Duration.ofSeconds(359));
    assertFalse(line.timeIsOver());
    clock.pass(Duration.ofSeconds(1));
    assertTrue(line.timeIsOver());
  }
}
