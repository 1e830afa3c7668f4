package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two axes: skill, of tasks a (weight 1) and b (weight 3), and safety, of task c. */
class ChebyshevTest {
  private static final Scores BASE = scores("1110", "1000", "1100");
  private static final Scores DONOR = scores("1000", "0111", "0100");
  private static final Scores MERGE = scores("1111", "1110", "1110");

  @Test
  void anAxisIsTheWeightedMeanOfItsTasks() {
    assertEquals(List.of("skill", "safety"), MERGE.axes());
    assertEquals(0.8125, MERGE.axis("skill").estimate().mean(), 1e-15); // 1/4 + 3/4 · 3/4
    assertEquals(0.75, MERGE.axis("safety").estimate().mean(), 1e-15);
  }

  @Test
  void theNumberIsTheLesserGainAndATwentiethOfTheMean() {
    // The donor is better at skill (0.625), the base at safety (0.5).
    Scores judged = MERGE.against(BASE, DONOR);
    assertEquals(0.1875, judged.gain("skill").estimate().mean(), 1e-15);
    assertEquals(0.25, judged.gain("safety").estimate().mean(), 1e-15);
    assertEquals(0.1875 + 0.05 * 0.21875, judged.estimate().mean(), 1e-15);
    // Gains of the base: 0.375 − 0.625 and 0; of the donor: 0 and 0.25 − 0.5.
    assertEquals(-0.25 + 0.05 * -0.125, BASE.against(BASE, DONOR).estimate().mean(), 1e-15);
    assertEquals(-0.25 + 0.05 * -0.125, DONOR.against(BASE, DONOR).estimate().mean(), 1e-15);
  }

  @Test
  void itsErrorIsThatOfTheItemsDifferencesToTheBetterParents() {
    // To the donor 0111 of a and 100-1 of b, to the base 0010 of c; variances of the means.
    double variance =
        Math.pow(1.025 / 4, 2) / 16 + Math.pow(1.025 * 3 / 4, 2) / 6 + Math.pow(0.025, 2) / 16;
    assertEquals(Math.sqrt(variance), MERGE.against(BASE, DONOR).estimate().standardError(), 1e-15);
  }

  @Test
  void twoCandidatesArePairedThoughTheirLesserGainsAreOnOtherAxes() {
    PairedDifference difference =
        PairedDifference.between(MERGE.against(BASE, DONOR), DONOR.against(BASE, DONOR));
    assertEquals(0.1875 + 0.05 * 0.21875 + 0.25625, difference.estimate().mean(), 1e-15);
    // Of c: 0.025 · (merge − base) − 1.025 · (donor − base) is 1.025, 0, 0.025, 0.
    double squares = 0.7625 * 0.7625 + 2 * 0.2625 * 0.2625 + 0.2375 * 0.2375;
    double variance = Math.pow(1.025 / 4, 2) / 16 + Math.pow(1.025 * 3 / 4, 2) / 6 + squares / 12;
    assertEquals(Math.sqrt(variance), difference.estimate().standardError(), 1e-15);
  }

  @Test
  void ofTheSameLesserGainTheHigherOtherIsBetterAndTiesGoByLikelihood() {
    Scores more = scores("1111", "1110", "1111").against(BASE, DONOR);
    assertTrue(more.objective() > MERGE.against(BASE, DONOR).objective());
    Scores likelier = scores(-0.5, "1111", "1110", "1110").against(BASE, DONOR);
    assertTrue(likelier.objective() > MERGE.against(BASE, DONOR).objective());
    assertTrue(likelier.objective() < more.objective());
  }

  @Test
  void aBrokenAxisBreaksTheNumber() {
    Scores broken = scores("1111", "1110", "11?0").against(BASE, DONOR);
    assertEquals(Double.NaN, broken.objective());
  }

  private static Scores scores(String a, String b, String c) {
    return scores(-1, a, b, c);
  }

  /** One letter an item: 1 right, 0 wrong, ? broken. */
  private static Scores scores(double logLikelihood, String a, String b, String c) {
    return new Scores(
        Objective.PARETO,
        List.of(
            task("a", 1, "skill", a, logLikelihood),
            task("b", 3, "skill", b, logLikelihood),
            task("c", 1, "safety", c, logLikelihood)));
  }

  private static TaskScores task(
      String name, double weight, String axis, String values, double logLikelihood) {
    List<ItemScore> items = new ArrayList<>();
    for (int i = 0; i < values.length(); i++) {
      double value = values.charAt(i) == '?' ? Double.NaN : values.charAt(i) - '0';
      items.add(new ItemScore(name, i, "" + i, value, 1, logLikelihood, 1));
    }
    return new TaskScores(name, Rule.MEAN, weight, Optional.empty(), Optional.of(axis), items);
  }
}
