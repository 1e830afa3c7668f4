package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.compat.Compatibility;
import jsearch.compat.Overlap;
import jsearch.run.Finalist;
import jsearch.run.Verdict;
import org.junit.jupiter.api.Test;

/** The differences are those of verdict.txt, by make_report_golden.py. */
class AdviceTest {
  private static final Verdict VERDICT = Examples.verdict();
  private static final Finalist GLOBAL = VERDICT.bestGlobal().orElseThrow();

  private static Compatibility advising(String merge) {
    return new Compatibility(
        new Overlap(1, 1),
        1,
        0.1,
        List.of(),
        List.of(),
        Map.of(),
        merge.equals("global") ? 1 : 2_000_000_000);
  }

  private static String advice(Optional<Finalist> global, Finalist winner, String advised) {
    return new Advice(
            new Verdict(VERDICT.base(), VERDICT.donor(), global, winner, advising(advised)))
        .text();
  }

  @Test
  void aWinnerThatBeatsTheAdvisedGlobalSaysSo() {
    assertEquals(
        "S advised global. The layer-adaptive winner beats the best global SLERP by"
            + " +37.5 [4.5, 70.5] on confirm.\n",
        advice(Optional.of(GLOBAL), VERDICT.winner(), "global"));
    assertEquals(
        "S advised layer-adaptive. The layer-adaptive winner beats the best global SLERP by"
            + " +37.5 [4.5, 70.5] on confirm.\n",
        advice(Optional.of(GLOBAL), VERDICT.winner(), "layer-adaptive"));
  }

  @Test
  void aLeadWhoseIntervalIncludesZeroLeavesGlobalTheSaferChoice() {
    // The base in the place of the best global, which the global then is behind or ahead of.
    assertEquals(
        "S advised global. The layer-adaptive winner differs from the best global SLERP by"
            + " +28.1 [-16.5, 72.8] on confirm; the interval includes 0, so global remains the"
            + " safer choice.\n",
        advice(Optional.of(VERDICT.base()), GLOBAL, "global"));
  }

  @Test
  void aWinnerThatIsWorseOnConfirmIsNotTheBetterChoice() {
    assertEquals(
        "S advised layer-adaptive. The layer-adaptive winner differs from the best global SLERP by"
            + " -37.5 [-70.5, -4.5] on confirm, so global is the better choice.\n",
        advice(Optional.of(VERDICT.winner()), GLOBAL, "layer-adaptive"));
  }

  @Test
  void aGlobalWinnerIsNamed() {
    assertEquals(
        "S advised global. The winner on the search items is a global SLERP, half.\n",
        advice(Optional.of(GLOBAL), GLOBAL, "global"));
    assertEquals(
        "S advised global. No global SLERP could be scored.\n",
        advice(Optional.empty(), VERDICT.winner(), "global"));
  }
}
