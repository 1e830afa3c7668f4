package jsearch.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A result over items and how far off it may be.
 *
 * @param mean the (weighted) mean of the tasks' results; NaN when an item's value is
 * @param standardError of the mean; NaN when a task has only one cluster of items
 * @param degrees of freedom that the standard error has, for Student's t
 * @param items number of items
 */
public record Estimate(double mean, double standardError, double degrees, int items) {
  /** How near commons-math has to come to a quantile. */
  private static final double ACCURACY = 1e-14;

  /**
   * How far each item of one task pulls the result off; their mean is 0.
   *
   * @param clusters one an item: items of the same cluster vary together
   */
  record Stratum(List<Double> influences, List<String> clusters) {
    Stratum {
      influences = List.copyOf(influences);
      clusters = List.copyOf(clusters);
    }

    /**
     * Of the influences' mean: G/(G−1) · Σ s² / n² over the G clusters' sums s.
     *
     * <p>Clustered as in Miller, Adding Error Bars to Evals (arXiv:2411.00640), with the factor
     * G/(G−1) for few clusters. Where every item is its own cluster it is sd²/n with n−1 in sd, as
     * in lm-evaluation-harness.
     */
    double variance() {
      Map<String, Double> sums = sums();
      double n = influences.size();
      double g = sums.size();
      double squares = sums.values().stream().mapToDouble(sum -> sum * sum).sum();
      return g / (g - 1) * squares / n / n;
    }

    int degrees() {
      return sums().size() - 1;
    }

    private Map<String, Double> sums() {
      Map<String, Double> sums = new LinkedHashMap<>();
      for (int i = 0; i < influences.size(); i++) {
        sums.merge(clusters.get(i), influences.get(i), Double::sum);
      }
      return sums;
    }
  }

  /**
   * A result with the errors of its tasks, which are independent.
   *
   * <p>Their degrees of freedom are pooled by Satterthwaite (Biometrics 1946): (Σ v)² / Σ v²/df.
   */
  static Estimate of(double mean, List<Stratum> strata) {
    double variance = 0;
    double pooled = 0;
    double all = 0;
    int items = 0;
    for (Stratum stratum : strata) {
      double own = stratum.variance();
      variance += own;
      pooled += own * own / stratum.degrees();
      all += stratum.degrees();
      items += stratum.influences().size();
    }
    double degrees = variance == 0 ? all : variance * variance / pooled;
    return new Estimate(mean, Math.sqrt(variance), degrees, items);
  }

  /**
   * The 95% confidence interval by Student's t, which few items make wider than the normal one.
   *
   * <p>Not cut to [0,1], and of no width when all items agree.
   */
  public Interval interval95() {
    double half = quantile(0.975) * standardError;
    return new Interval(mean - half, mean + half);
  }

  /**
   * The least true effect that items like these would show to be above or below 0 in four of five
   * cases: 80% power at the 5% level, two-sided.
   *
   * <p>(t at 97.5% + t at 80%) standard errors (Bloom, Evaluation Review 1995).
   */
  public double detectable() {
    return (quantile(0.975) + quantile(0.8)) * standardError;
  }

  /** Student's t at this probability; 0 where the standard error is 0 or NaN and needs none. */
  double quantile(double probability) {
    return standardError > 0
        ? new TDistribution(null, degrees, ACCURACY).inverseCumulativeProbability(probability)
        : 0;
  }
}
