package jsearch.eval;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.task.Metric;

/**
 * The results of a task's items.
 *
 * @param task the task's name
 * @param metric the metric that counts
 * @param weight the task's share of the score; only the ratio to other weights matters
 * @param scale how its result becomes its score; empty where it is the score
 * @param axis which of two objectives it counts for; empty where there is one
 * @param items in the order of the split, at least one
 */
public record TaskScores(
    String task,
    Metric metric,
    double weight,
    Optional<Scale> scale,
    Optional<String> axis,
    List<ItemScore> items) {
  public TaskScores {
    items = List.copyOf(items);
    if (items.isEmpty() || !(weight > 0)) {
      throw new IllegalArgumentException(
          "task %s has %d items and weight %s".formatted(task, items.size(), weight));
    }
  }

  /** Results that are the task's score. */
  public TaskScores(String task, Metric metric, double weight, List<ItemScore> items) {
    this(task, metric, weight, Optional.empty(), Optional.empty(), items);
  }

  /** With the results of more of its items. */
  TaskScores plus(TaskScores more) {
    return with(Stream.concat(items.stream(), more.items().stream()).toList());
  }

  /** Of the first {@code n} items alone. */
  TaskScores first(int n) {
    return with(items.subList(0, n));
  }

  private TaskScores with(List<ItemScore> others) {
    return new TaskScores(task, metric, weight, scale, axis, others);
  }

  /** The task's result Σ value / Σ weight, with its standard error; higher is better. */
  public Estimate estimate() {
    return Estimate.of(ratio(), List.of(stratum(influences())));
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

  /** What the task adds to the suite's score: its result on the suite's scale. */
  public double score() {
    return scale.map(s -> s.of(ratio())).orElseGet(this::ratio);
  }

  /** How far each item pulls a score off of which this task's is a share. */
  List<Double> pulls(double share) {
    double slope = share * scale.map(Scale::slope).orElse(1.0);
    return influences().stream().map(influence -> slope * influence).toList();
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

  /** These pulls on a result, one an item, with the items' clusters. */
  Estimate.Stratum stratum(List<Double> pulls) {
    return new Estimate.Stratum(pulls, items.stream().map(ItemScore::cluster).toList());
  }
}
