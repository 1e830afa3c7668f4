package jsearch.eval;

import java.util.List;

/**
 * A mean over items and how far off it may be.
 *
 * @param mean the (weighted) mean; NaN when an item's value is
 * @param standardError of the mean; NaN when a task has only one item
 * @param items number of items
 */
public record Estimate(double mean, double standardError, int items) {
  /** The 97.5th percentile of the standard normal distribution. */
  private static final double NORMAL_975 = 1.959963984540054;

  /** The values of one task and the task's weight. */
  record Stratum(double weight, List<Double> values) {
    Stratum {
      values = List.copyOf(values);
    }

    double mean() {
      return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** sd/√n with n−1 in sd, as in lm-evaluation-harness. */
    double standardError() {
      double mean = mean();
      int n = values.size();
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return Math.sqrt(squares / (n - 1) / n);
    }
  }

  /** Weighted mean of the tasks' means; their errors are independent. */
  static Estimate of(List<Stratum> strata) {
    double total = strata.stream().mapToDouble(Stratum::weight).sum();
    double mean = 0;
    double variance = 0;
    int items = 0;
    for (Stratum stratum : strata) {
      double share = stratum.weight() / total;
      mean += share * stratum.mean();
      variance += Math.pow(share * stratum.standardError(), 2);
      items += stratum.values().size();
    }
    return new Estimate(mean, Math.sqrt(variance), items);
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
