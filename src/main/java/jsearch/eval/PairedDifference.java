package jsearch.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * How much one model scores above another on the same items.
 *
 * <p>Each item is its own control: the standard error is that of the items' differences, sd/√n a
 * task, which is smaller than that of two separate means. Where a task's result is a ratio of sums,
 * the items' differences are those of {@link TaskScores#influences()}.
 *
 * @param estimate of the difference; above 0 where the first model is better
 * @param won items that add more to the first model's score
 * @param lost items that add less
 */
public record PairedDifference(Estimate estimate, int won, int lost) {
  /**
   * The difference {@code a} − {@code b} of the scores.
   *
   * @throws IllegalArgumentException when the two are not of the same items, weights and objective
   */
  public static PairedDifference between(Scores a, Scores b) {
    require(a.tasks().size() == b.tasks().size() && a.rule() == b.rule());
    require(a.parents().isEmpty() == b.parents().isEmpty());
    List<List<Double>> x = a.pulls();
    List<List<Double>> y = b.pulls();
    List<Estimate.Stratum> strata = new ArrayList<>();
    int won = 0;
    int lost = 0;
    for (int i = 0; i < x.size(); i++) {
      TaskScores first = a.tasks().get(i);
      TaskScores second = b.tasks().get(i);
      requireSame(first, second);
      strata.add(first.stratum(minus(x.get(i), y.get(i))));
      won += better(first, second);
      lost += better(second, first);
    }
    double mean = a.estimate().mean() - b.estimate().mean();
    return new PairedDifference(Estimate.of(mean, strata), won, lost);
  }

  /**
   * The difference {@code a} − {@code b} of one task's results, in the metric's own unit.
   *
   * @throws IllegalArgumentException when the two are not of the same items
   */
  public static PairedDifference between(TaskScores a, TaskScores b) {
    requireSame(a, b);
    Estimate.Stratum stratum = a.stratum(minus(a.influences(), b.influences()));
    return new PairedDifference(
        Estimate.of(a.ratio() - b.ratio(), List.of(stratum)), better(a, b), better(b, a));
  }

  static List<Double> minus(List<Double> a, List<Double> b) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      differences.add(a.get(i) - b.get(i));
    }
    return differences;
  }

  /** Items that add more to {@code a}, measured at the ratio halfway between the two. */
  private static int better(TaskScores a, TaskScores b) {
    double ratio = (a.ratio() + b.ratio()) / 2;
    int better = 0;
    for (int i = 0; i < a.items().size(); i++) {
      ItemScore x = a.items().get(i);
      ItemScore y = b.items().get(i);
      better += x.value() - ratio * x.weight() > y.value() - ratio * y.weight() ? 1 : 0;
    }
    return better;
  }

  private static void requireSame(TaskScores a, TaskScores b) {
    require(a.items().size() == b.items().size() && a.weight() == b.weight());
    for (int i = 0; i < a.items().size(); i++) {
      ItemScore x = a.items().get(i);
      ItemScore y = b.items().get(i);
      require(x.task().equals(y.task()) && x.id() == y.id());
    }
  }

  private static void require(boolean same) {
    if (!same) {
      throw new IllegalArgumentException("the two scores are not of the same items");
    }
  }
}
