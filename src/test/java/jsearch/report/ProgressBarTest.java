package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.SetClock;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private static final Candidate HALF = Candidate.known(Origin.global("half"));
  private static final Candidate PROPOSAL = Candidate.proposal(List.of(0.5), List.of());

  private final List<String> lines = new ArrayList<>();
  private final SetClock clock = new SetClock(Instant.EPOCH);
  private final ProgressBar bar = bar(Optional.empty());

  private ProgressBar bar(Optional<Instant> deadline) {
    return new ProgressBar(clock, deadline, lines::add);
  }

  private String after(long seconds, Candidate candidate, double objective, int finished) {
    clock.pass(Duration.ofSeconds(seconds));
    bar.finished(Examples.trial(finished - 1, candidate, objective), finished, 4, false);
    return lines.get(lines.size() - 1);
  }

  @Test
  void theLineHasBarTrialBestPaceAndTimeLeft() {
    assertEquals(
        "######.................. trial 1/4  best 50.0 ± 10.0 (half)  1 min 00 s/trial"
            + "  3 min 00 s left",
        after(60, HALF, 0.5, 1));
    assertEquals(
        "############............ trial 2/4  best 50.0 ± 10.0 (half)  40 s/trial"
            + "  1 min 20 s left",
        after(20, PROPOSAL, 0.4, 2));
    assertEquals(
        "##################...... trial 3/4  best 81.2 ± 10.0 (trial 2)  30 s/trial  30 s left",
        after(10, PROPOSAL, 0.812, 3));
    assertEquals(
        "######################## trial 4/4  best 81.2 ± 10.0 (trial 2)  25 s/trial  0 s left",
        after(10, PROPOSAL, 0.3, 4));
  }

  @Test
  void neitherAFailedTrialNorAParentIsTheBest() {
    assertEquals(
        "######.................. trial 1/4  best ?  1.0 s/trial  3 s left",
        after(1, HALF, Double.NaN, 1));
    assertEquals(
        "############............ trial 2/4  best 10.0 ± 10.0 (trial 1)  1.0 s/trial  2 s left",
        after(1, PROPOSAL, 0.1, 2));
    assertEquals(
        "##################...... trial 3/4  best 10.0 ± 10.0 (trial 1)  1.0 s/trial  1 s left",
        after(1, Candidate.known(Origin.parent("base")), 0.9, 3));
  }

  @Test
  void aTrialThatARaceHasDroppedIsNotTheBestWhateverItHasScored() {
    after(1, PROPOSAL, 0.5, 1);
    Trial dropped =
        new Trial(
            1, PROPOSAL, Trial.State.PRUNED, Optional.of(new Outcome(0.7, 0.9, 0.1, 4)), Map.of());
    bar.finished(dropped, 2, 4, false);
    assertEquals(
        "############............ trial 2/4  best 50.0 ± 10.0 (trial 0)  0.5 s/trial  1 s left",
        lines.get(1));
  }

  @Test
  void theScoreIsShownWithoutErrorWhereThatIsNotKnownAndWithoutTheTieBreak() {
    Trial trial =
        new Trial(
            3,
            PROPOSAL,
            Trial.State.COMPLETE,
            Optional.of(new Outcome(0.5001, 0.5, Double.NaN, 4)),
            Map.of());
    bar.finished(trial, 1, 1, false);
    assertEquals(
        "######################## trial 1/1  best 50.0 (trial 3)  0.0 s/trial  0 s left",
        lines.get(0));
  }

  @Test
  void trialsFoundInTheJournalSayNothingOfTheTimeLeft() {
    bar.finished(Examples.trial(0, HALF, 0.5), 1, 4, true);
    bar.finished(Examples.trial(1, PROPOSAL, 0.4), 2, 4, true);
    assertEquals(
        "############............ trial 2/4  best 50.0 ± 10.0 (half)  ? left", lines.get(1));
    assertEquals(
        "##################...... trial 3/4  best 50.0 ± 10.0 (half)  2 h 03 min/trial"
            + "  2 h 03 min left",
        after(2 * 3600 + 3 * 60 + 59, PROPOSAL, 0.4, 3));
  }

  @Test
  void trialsThatSeveralWorkersFinishTogetherCountByTheirCommonTime() {
    after(8, PROPOSAL, 0.5, 1);
    assertEquals(
        "############............ trial 2/4  best 50.0 ± 10.0 (trial 0)  4.0 s/trial  8 s left",
        after(0, PROPOSAL, 0.4, 2));
  }

  @Test
  void noMoreTimeIsLeftThanIsAllowed() {
    ProgressBar limited = bar(Optional.of(Instant.EPOCH.plusSeconds(70)));
    clock.pass(Duration.ofSeconds(60));
    limited.finished(Examples.trial(0, HALF, 0.5), 1, 4, false);
    clock.pass(Duration.ofSeconds(30));
    limited.finished(Examples.trial(1, HALF, 0.5), 2, 4, false);
    assertTrue(lines.get(0).endsWith("  1 min 00 s/trial  10 s left"), lines.get(0));
    assertTrue(lines.get(1).endsWith("  45 s/trial  0 s left"), lines.get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min 00 s",
    "3599, 59 min 59 s",
    "3600, 1 h 00 min",
    "360000, 100 h 00 min"
  })
  void durationsHaveTwoUnitsAtMost(long seconds, String text) {
    assertEquals(text, Figures.duration(Duration.ofSeconds(seconds)));
  }
}
