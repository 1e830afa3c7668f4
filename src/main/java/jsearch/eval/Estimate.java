package jsearch.eval;

import java.util.List;

/**
 * A result over items and how far off it may be.
 *
 * @param mean the (weighted) mean of the tasks' results; NaN when an item's value is
 * @param standardError of the mean; NaN when a task has only one item
 * @param items number of items
 */
public record Estimate(double mean, double standardError, int items) {
  /** The 97.5th percentile of the standard normal distribution. */
  private static final double NORMAL_975 = 1.959963984540054;

  /** How far each item of one task pulls the result off; their mean is 0. */
  record Stratum(List<Double> influences) {
    Stratum {
      influences = List.copyOf(influences);
    }

    /** Of the influences' mean: sd²/n with n−1 in sd, as in lm-evaluation-harness. */
    double variance() {
      int n = influences.size();
      double squares = influences.stream().mapToDouble(v -> v * v).sum();
      return squares / (n - 1) / n;
    }
  }

  /** A result with the errors of its tasks, which are independent. */
  static Estimate of(double mean, List<Stratum> strata) {
    return new Estimate(
        mean,
        Math.sqrt(strata.stream().mapToDouble(Stratum::variance).sum()),
        strata.stream().mapToInt(stratum -> stratum.influences().size()).sum());
  }

  /**
   * The 95% confidence interval by the normal distribution: mean ± 1.96 standard errors.
   *
   * <p>Not cut to [0,1]. A few per cent too narrow below 30 items a task, and of no width when all
   * items agree.
   */
  public Interval interval95() {
    double half = NORMAL_975 * standardError;
    return new Interval(mean - half, mean + half);
  }
}
