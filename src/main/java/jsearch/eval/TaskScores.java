package jsearch.eval;

import java.util.List;
import jsearch.task.Metric;

/**
 * The results of a task's items.
 *
 * @param task the task's name
 * @param metric the metric that counts
 * @param weight the task's share of the score; only the ratio to other weights matters
 * @param items in the order of the split, at least one
 */
public record TaskScores(String task, Metric metric, double weight, List<ItemScore> items) {
  public TaskScores {
    items = List.copyOf(items);
    if (items.isEmpty() || !(weight > 0)) {
      throw new IllegalArgumentException(
          "task %s has %d items and weight %s".formatted(task, items.size(), weight));
    }
  }

  /** The task's result Σ value / Σ weight, with its standard error; higher is better. */
  public Estimate estimate() {
    return Estimate.of(ratio(), List.of(new Estimate.Stratum(influences())));
  }

  /** The result as people know it, such as a perplexity; the lower may be the better. */
  public double reported() {
    return metric.reported(ratio());
  }

  /** The 95% confidence interval of {@link #reported()}, from the ends of the result's own. */
  public Interval reportedInterval95() {
    Interval own = estimate().interval95();
    double a = metric.reported(own.low());
    double b = metric.reported(own.high());
    return new Interval(Math.min(a, b), Math.max(a, b));
  }

  /** Mean over items of the right answer's log-likelihood a token, in nats. */
  public double meanLogLikelihood() {
    return items.stream()
        .mapToDouble(item -> item.logLikelihood() / item.answerTokens())
        .average()
        .orElseThrow();
  }

  /** Σ value / Σ weight; NaN when an item's value is, or all weights are 0. */
  double ratio() {
    return items.stream().mapToDouble(ItemScore::value).sum()
        / items.stream().mapToDouble(ItemScore::weight).sum();
  }

  /**
   * How far each item pulls the ratio off, such that their mean is 0: (value − ratio·weight) / mean
   * weight.
   *
   * <p>The ratio's error is, to first order, the error of these items' mean (the delta method;
   * Cochran, Sampling Techniques, eq. 6.10). Where all weights are 1 they are the deviations from
   * the mean.
   */
  List<Double> influences() {
    double ratio = ratio();
    double meanWeight = items.stream().mapToDouble(ItemScore::weight).average().orElseThrow();
    return items.stream().map(item -> (item.value() - ratio * item.weight()) / meanWeight).toList();
  }
}
