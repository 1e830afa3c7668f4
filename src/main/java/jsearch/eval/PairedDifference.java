package jsearch.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * How much one model scores above another on the same items.
 *
 * <p>Each item is its own control: the standard error is that of the items' differences, sd/√n a
 * task, which is smaller than that of two separate means.
 *
 * @param estimate of the difference; above 0 where the first model is better
 * @param won items on which the first model scores higher
 * @param lost items on which it scores lower
 */
public record PairedDifference(Estimate estimate, int won, int lost) {
  /**
   * The difference {@code a} − {@code b}.
   *
   * @throws IllegalArgumentException when the two are not of the same items and weights
   */
  public static PairedDifference between(Scores a, Scores b) {
    require(a.tasks().size() == b.tasks().size());
    List<Estimate.Stratum> strata = new ArrayList<>();
    for (int i = 0; i < a.tasks().size(); i++) {
      strata.add(differences(a.tasks().get(i), b.tasks().get(i)));
    }
    List<Double> all = strata.stream().flatMap(s -> s.values().stream()).toList();
    return new PairedDifference(
        Estimate.of(strata),
        (int) all.stream().filter(difference -> difference > 0).count(),
        (int) all.stream().filter(difference -> difference < 0).count());
  }

  private static Estimate.Stratum differences(TaskScores a, TaskScores b) {
    require(a.items().size() == b.items().size() && a.weight() == b.weight());
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < a.items().size(); i++) {
      ItemScore x = a.items().get(i);
      ItemScore y = b.items().get(i);
      require(x.task().equals(y.task()) && x.id() == y.id());
      differences.add(x.value() - y.value());
    }
    return new Estimate.Stratum(a.weight(), differences);
  }

  private static void require(boolean same) {
    if (!same) {
      throw new IllegalArgumentException("the two scores are not of the same items");
    }
  }
}
