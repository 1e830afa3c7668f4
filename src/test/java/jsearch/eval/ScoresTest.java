package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresTest {
  @Test
  void theScoreIsTheWeightedMeanOfTaskMeans() {
    Scores scores =
        new Scores(List.of(task("a", 1, -1, 1, 1, 0, 0), task("b", 3, -1, 1, 1, 1, 0, 0)));
    // 1/4 · 1/2 + 3/4 · 3/5; variances 1/12 and 3/50 of the means.
    assertEquals(0.575, scores.estimate().mean(), 1e-15);
    assertEquals(
        Math.sqrt(1 / 16.0 / 12 + 9 / 16.0 * 3 / 50), scores.estimate().standardError(), 1e-15);
    assertEquals(9, scores.estimate().items());
    assertEquals(0.5, scores.tasks().get(0).estimate().mean(), 1e-15);
    assertEquals(Math.sqrt(1 / 12.0), scores.tasks().get(0).estimate().standardError(), 1e-15);
  }

  @Test
  void theIntervalIsStudentsWhichFewItemsMakeWider() {
    // Student's t at 97.5% by SciPy 1.17.1: 2.045229642132703 for 29 degrees, 12.7062 for 1.
    Interval interval = new Estimate(0.5, 0.1, 29, 30).interval95();
    assertEquals(0.5 - 0.2045229642132703, interval.low(), 1e-12);
    assertEquals(0.5 + 0.2045229642132703, interval.high(), 1e-12);
    assertTrue(interval.contains(0.5));
    assertTrue(!interval.contains(0.71));
    assertEquals(1.27062, new Estimate(0, 0.1, 1, 2).interval95().high(), 1e-6);
  }

  @Test
  void theTieBreakerIsTheMeanLogLikelihoodAToken() {
    List<ItemScore> items =
        List.of(new ItemScore("a", 0, "0", 1, 1, -6, 3), new ItemScore("a", 1, "1", 0, 1, -4, 1));
    Scores scores =
        new Scores(List.of(new TaskScores("a", Rule.MEAN, 1, items), task("b", 3, -2.0, 1, 0)));
    // 1/4 · (−2 −4)/2 + 3/4 · (−2)
    assertEquals(-2.25, scores.meanLogLikelihood(), 1e-15);
  }

  /** Values and weights of six items; 0.625 and 0.13307266185559427 are samplics 0.6.1's. */
  private static final double[][] SUMS = {{1, 1}, {0, 2}, {1, 1}, {2, 3}, {3, 4}, {0.5, 1}};

  @Test
  void aTaskMayBeARatioOfSums() {
    TaskScores task = ratio(Rule.MEAN, SUMS);
    assertEquals(0.625, task.estimate().mean(), 1e-15);
    assertEquals(0.13307266185559427, task.estimate().standardError(), 1e-15);
    assertEquals(6, task.estimate().items());
    assertEquals(0.625, new Scores(List.of(task)).estimate().mean(), 1e-15);
    assertEquals(0.625, task.reported(), 1e-15);
  }

  @Test
  void whatPeopleKnowMayFallWhereTheResultRises() {
    TaskScores task = ratio(Rule.PERPLEXITY, new double[][] {{-3, 2}, {-4, 3}, {-3, 5}});
    assertEquals(-1, task.estimate().mean(), 1e-15);
    assertEquals(Math.E, task.reported(), 1e-15);
    Interval own = task.estimate().interval95();
    assertEquals(Math.exp(-own.high()), task.reportedInterval95().low());
    assertEquals(Math.exp(-own.low()), task.reportedInterval95().high());
  }

  @Test
  void ratiosOfOtherWeightsArePairedItemByItem() {
    // F1 of three items: right, wrong, rightly silent against right, right, wrongly loud.
    Scores a = new Scores(List.of(ratio(Rule.MEAN, new double[][] {{2, 2}, {0, 1}, {0, 0}})));
    Scores b = new Scores(List.of(ratio(Rule.MEAN, new double[][] {{2, 2}, {2, 2}, {0, 1}})));
    PairedDifference difference = PairedDifference.between(a, b);
    assertEquals(2 / 3.0 - 4 / 5.0, difference.estimate().mean(), 1e-15);
    // Influences (2 − 4/3)/1, −2/3, 0 and (2 − 1.6)/(5/3), (2 − 1.6)/(5/3), −0.8/(5/3).
    double[] pulls = {2 / 3.0 - 0.24, -2 / 3.0 - 0.24, 0.48};
    double squares = pulls[0] * pulls[0] + pulls[1] * pulls[1] + pulls[2] * pulls[2];
    assertEquals(Math.sqrt(squares / 6), difference.estimate().standardError(), 1e-15);
    assertEquals(1, difference.won());
    assertEquals(1, difference.lost());
  }

  @Test
  void aTaskWhoseWeightsAreAllZeroHasNoResult() {
    Scores silent = new Scores(List.of(ratio(Rule.MEAN, new double[][] {{0, 0}, {0, 0}})));
    assertEquals(Double.NaN, silent.objective());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theObjectiveOrdersByScoreFirstAndLikelihoodSecond(long seed) {
    Random random = new Random(seed);
    int[] sizes = random.ints(3, 2, 40).toArray();
    double[] weights = {1 + random.nextInt(9), 0.25, random.nextInt(1000) / 1000.0 + 0.001};
    List<Ranked> all = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      double[][] values = new double[sizes.length][];
      for (int t = 0; t < sizes.length; t++) {
        values[t] = random.ints(sizes[t], 0, 2).asDoubleStream().toArray();
      }
      // Twice the same values: a tie that the likelihood has to break.
      all.add(ranked(weights, values, -8 * random.nextDouble()));
      all.add(ranked(weights, values, -8 * random.nextDouble()));
    }
    for (Ranked a : all) {
      for (Ranked b : all) {
        double first = a.score() - b.score();
        double second = a.likelihood() - b.likelihood();
        assertEquals(
            Math.signum(Math.abs(first) > 1e-12 ? first : second),
            Math.signum(a.objective() - b.objective()));
      }
    }
  }

  private record Ranked(double score, double likelihood, double objective) {}

  private static Ranked ranked(double[] weights, double[][] values, double logLikelihood) {
    List<TaskScores> tasks =
        IntStream.range(0, weights.length)
            .mapToObj(t -> task("t" + t, weights[t], logLikelihood, values[t]))
            .toList();
    return new Ranked(
        new Scores(tasks).estimate().mean(), logLikelihood, new Scores(tasks).objective());
  }

  @Test
  void noTwoScoresAreCloserThanTheResolution() {
    // All scores of 5 and 7 items with weights 1 and 0.3, by enumeration.
    List<Double> scores =
        IntStream.rangeClosed(0, 5)
            .boxed()
            .flatMap(i -> IntStream.rangeClosed(0, 7).mapToObj(j -> (i / 5.0 + 0.3 * j / 7) / 1.3))
            .sorted()
            .toList();
    double least =
        IntStream.range(1, scores.size())
            .mapToDouble(i -> scores.get(i) - scores.get(i - 1))
            .filter(gap -> gap > 1e-12)
            .min()
            .orElseThrow();
    List<TaskScores> any =
        List.of(task("a", 1, -1, 0, 0, 0, 0, 0), task("b", 0.3, -1, 0, 0, 0, 0, 0, 0, 0));
    double resolution = Resolution.of(Objective.MEAN, any);
    assertTrue(resolution <= least + 1e-15, resolution + " of " + least);
    // gcd(1/5, 3/70)/1.3 = (1/70)/1.3
    assertEquals(1 / 91.0, resolution, 1e-15);
  }

  @Test
  void theBonusIsSmallerThanOneItemEvenWhenScoresAlmostMeet() {
    // Weights in the ratio of 1 to 1.0000001: one item here or there differs by 2.5e-8.
    Scores first = new Scores(List.of(task("a", 1.0000001, -9, 1, 0), task("b", 1, -9, 0, 0)));
    Scores second = new Scores(List.of(task("a", 1.0000001, -1, 0, 0), task("b", 1, -1, 1, 0)));
    assertTrue(first.estimate().mean() > second.estimate().mean());
    assertTrue(first.objective() > second.objective());
  }

  @Test
  void theWorstTaskIsTheScoreAndTheOthersAreNoPartOfItsError() {
    TaskScores weak = task("b", 9, -1, 1, 0, 0, 0);
    Scores scores =
        new Scores(
            Objective.WORST, List.of(task("a", 1, -1, 1, 1, 0), weak, task("c", 1, -1, 1, 1)));
    assertEquals(0.25, scores.estimate().mean());
    assertEquals(weak.estimate().standardError(), scores.estimate().standardError());
    assertEquals(3, scores.estimate().degrees());
    Scores broken = new Scores(Objective.WORST, List.of(task("a", 1, -1, Double.NaN), weak));
    assertEquals(Double.NaN, broken.objective());
  }

  @Test
  void theGainIsOverTheBetterParentOfEachTask() {
    Scores base = gain(task("a", 1, -1, 1, 1, 1, 0), task("b", 1, -1, 0, 0, 0, 0));
    Scores donor = gain(task("a", 1, -1, 0, 0, 0, 0), task("b", 1, -1, 1, 1, 0, 0));
    Scores merge = gain(task("a", 1, -1, 1, 1, 1, 1), task("b", 1, -1, 1, 0, 0, 0));
    assertEquals(0, merge.against(base, donor).estimate().mean(), 1e-15); // (1/4 − 1/4) / 2
    assertEquals(-0.25, base.against(base, donor).estimate().mean(), 1e-15); // (0 − 1/2) / 2
    // Items' differences 0 0 0 1 and 0 −1 0 0: variances of the means 1/16 each, shares 1/2.
    assertEquals(
        Math.sqrt(2 / 16.0) / 2, merge.against(base, donor).estimate().standardError(), 1e-15);
    assertEquals(0.625, merge.estimate().mean(), 1e-15);
    // Any two candidates are as far apart as their means.
    assertEquals(
        PairedDifference.between(merge, base).estimate(),
        PairedDifference.between(new Scores(merge.tasks()), new Scores(base.tasks())).estimate());
  }

  private static Scores gain(TaskScores... tasks) {
    return new Scores(Objective.GAIN, List.of(tasks));
  }

  @ParameterizedTest
  @CsvSource({
    // The examples of the Open LLM Leaderboard's page on normalisation: GPQA and MUSR.
    "0.6, 0.25, 46.67",
    "0.7, 0.5, 40.00",
    "0.4, 0.2, 25.00",
    "0.6, 0.333, 40.03",
    "0.2, 0.25, 0.00"
  })
  void scalesAreTheLeaderboards(double result, double floor, double points) {
    assertEquals(points, 100 * new Scale(floor, 1).of(result), 0.005);
  }

  @Test
  void belowItsFloorATaskStillHasAnError() {
    Scores scores = new Scores(List.of(scaled(0.5, 1, 1, 0, 0, 0)));
    assertEquals(0, scores.estimate().mean());
    assertEquals(0.5, scores.estimate().standardError(), 1e-15); // 1/4 by the slope 2
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void noTwoScoresOnAScaleAreCloserThanTheResolution(Objective objective) {
    TreeSet<Double> scores = new TreeSet<>();
    for (int i = 0; i <= 5; i++) {
      for (int j = 0; j <= 7; j++) {
        scores.add(scaled(objective, i, j).estimate().mean());
      }
    }
    double resolution = Resolution.of(objective, scaled(objective, 0, 0).tasks());
    assertTrue(resolution > 1e-4, "of " + resolution);
    double last = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      assertTrue(score - last >= resolution - 1e-12 || score - last < 1e-12);
      last = score;
    }
  }

  /** Two tasks of 5 and 7 items, i and j of them right, on scales of their own. */
  private static Scores scaled(Objective objective, int i, int j) {
    double[] first = new double[5];
    Arrays.fill(first, 0, i, 1);
    double[] second = new double[7];
    Arrays.fill(second, 0, j, 1);
    return new Scores(objective, List.of(scaled(0.25, 1, first), scaled(0.2, 0.7, second)));
  }

  private static TaskScores scaled(double floor, double ceiling, double... values) {
    return new TaskScores(
        "t" + values.length,
        Rule.MEAN,
        1,
        Optional.of(new Scale(floor, ceiling)),
        Optional.of("axis " + values.length),
        task("t" + values.length, 1, -1, values).items());
  }

  @Test
  void oneNanMakesTheScoreNan() {
    Scores scores = new Scores(List.of(task("a", 1, -1, 1, Double.NaN), task("b", 1, -1, 1, 1)));
    assertEquals(Double.NaN, scores.estimate().mean());
    assertEquals(Double.NaN, scores.objective());
    Scores unlikely = new Scores(List.of(task("a", 1, Double.NaN, 1, 1)));
    assertEquals(Double.NaN, unlikely.objective());
  }

  @Test
  void anImpossibleAnswerIsTheWeakestTieBreakerNotAFailure() {
    Scores scores = new Scores(List.of(task("a", 1, Double.NEGATIVE_INFINITY, 1, 0)));
    assertEquals(0.5, scores.objective());
  }

  @Test
  void pairedDifferencesVaryLessThanSeparateMeans() {
    Scores a = new Scores(List.of(task("a", 1, -1, 1, 1, 1, 0), task("b", 1, -1, 1, 0)));
    Scores b = new Scores(List.of(task("a", 1, -1, 1, 0, 1, 0), task("b", 1, -1, 0, 1)));
    PairedDifference difference = PairedDifference.between(a, b);
    // Differences 0 1 0 0 (mean 1/4, variance of the mean 1/16) and 1 −1 (mean 0, variance 1).
    assertEquals(0.125, difference.estimate().mean(), 1e-15);
    assertEquals(Math.sqrt((1 / 16.0 + 1) / 4), difference.estimate().standardError(), 1e-15);
    assertEquals(2, difference.won());
    assertEquals(1, difference.lost());
    assertEquals(6, difference.estimate().items());
  }

  @Test
  void aModelDiffersFromItselfByNothing() {
    Scores scores = new Scores(List.of(task("a", 1, -1, 1, 0, 1)));
    assertEquals(
        new PairedDifference(new Estimate(0, 0, 2, 3), 0, 0),
        PairedDifference.between(scores, scores));
  }

  @Test
  void scoresOfOtherItemsCannotBePaired() {
    Scores a = new Scores(List.of(task("a", 1, -1, 1, 0)));
    for (Scores b :
        List.of(
            new Scores(List.of(task("b", 1, -1, 1, 0))),
            new Scores(List.of(task("a", 2, -1, 1, 0))),
            new Scores(List.of(task("a", 1, -1, 1, 0, 1))),
            new Scores(List.of(task("a", 1, -1, 1, 0), task("b", 1, -1, 1))))) {
      assertThrows(IllegalArgumentException.class, () -> PairedDifference.between(a, b));
    }
  }

  private static TaskScores task(
      String name, double weight, double logLikelihood, double... values) {
    List<ItemScore> items =
        IntStream.range(0, values.length)
            .mapToObj(i -> new ItemScore(name, i, "" + i, values[i], 1, 2 * logLikelihood, 2))
            .toList();
    return new TaskScores(name, Rule.MEAN, weight, items);
  }

  private static TaskScores ratio(Rule rule, double[][] sums) {
    List<ItemScore> items =
        IntStream.range(0, sums.length)
            .mapToObj(i -> new ItemScore("a", i, "" + i, sums[i][0], sums[i][1], -1, 1))
            .toList();
    return new TaskScores("a", rule, 1, items);
  }
}
