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
   * The difference {@code a} − {@code b}.
   *
   * @throws IllegalArgumentException when the two are not of the same items and weights
   */
  public static PairedDifference between(Scores a, Scores b) {
    require(a.tasks().size() == b.tasks().size());
    double total = a.tasks().stream().mapToDouble(TaskScores::weight).sum();
    double mean = 0;
    List<Estimate.Stratum> strata = new ArrayList<>();
    int won = 0;
    int lost = 0;
    for (int i = 0; i < a.tasks().size(); i++) {
      TaskScores x = a.tasks().get(i);
      TaskScores y = b.tasks().get(i);
      requireSame(x, y);
      double share = x.weight() / total;
      mean += share * (x.ratio() - y.ratio());
      strata.add(differences(x, y, share));
      won += better(x, y);
      lost += better(y, x);
    }
    return new PairedDifference(Estimate.of(mean, strata), won, lost);
  }

  private static Estimate.Stratum differences(TaskScores a, TaskScores b, double share) {
    List<Double> x = a.influences();
    List<Double> y = b.influences();
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      differences.add(share * (x.get(i) - y.get(i)));
    }
    return new Estimate.Stratum(differences);
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
