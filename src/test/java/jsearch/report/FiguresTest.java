package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.study.Candidate;
import jsearch.study.Outcome;
import jsearch.study.Timing;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;

/** Intervals are Student's t, by SciPy 1.17.1. */
class FiguresTest {
  private static Trial trial(double standardError, int items, Map<String, Object> noted) {
    return new Trial(
        3,
        Candidate.proposal(List.of(0.5), List.of()),
        Trial.State.COMPLETE,
        Optional.of(new Outcome(0.50001, 0.5, standardError, items)),
        noted);
  }

  @Test
  void aTrialHasTheIntervalOfTheDegreesOfFreedomItNoted() {
    assertEquals("50.0 [22.1, 77.9]", Figures.score(trial(0.125, 12, Map.of("degrees", 10.0))));
  }

  @Test
  void anOlderTrialHasThatOfItsItems() {
    assertEquals("50.0 [44.1, 55.9]", Figures.score(trial(0.03, 180, Map.of())));
    assertEquals("50.0 [-108.8, 208.8]", Figures.score(trial(0.125, 2, Map.of())));
    assertEquals("50.0 [25.5, 74.5]", Figures.score(trial(0.125, 0, Map.of())), "not counted");
  }

  @Test
  void aTrialWhoseErrorIsNotKnownHasNoInterval() {
    assertEquals("50.0", Figures.score(trial(Double.NaN, 1, Map.of())));
  }

  @Test
  void theTimeOfATrialIsDividedIntoItsParts() {
    Timing timing = new Timing(0.05, 0.3, 0.125, 0.025);
    assertEquals(
        "A trial took 0.50 s: merge 10%, prefill 60%, decode 25%, rest 5%.\n",
        Figures.timing(timing, "cpu"));
    assertEquals(
        "A trial took 2 min 05 s: merge 40%, prefill 60%, decode 0%, rest 0%.\n",
        Figures.timing(new Timing(50, 75, 0, 0), "cpu"));
  }

  @Test
  void onAGpuAMergeIsNotToldFromTheFirstPrefillWhichWaitsForIt() {
    assertEquals(
        "A trial took 0.50 s: merge and prefill 70%, decode 25%, rest 5%.\n",
        Figures.timing(new Timing(0.05, 0.3, 0.125, 0.025), "gpu:0"));
  }

  @Test
  void whereTimeStandsStillNoPartIsNotANumber() {
    assertEquals(
        "A trial took 0.00 s: merge 0%, prefill 0%, decode 0%, rest 0%.\n",
        Figures.timing(new Timing(0, 0, 0, 0), "cpu"));
  }
}
