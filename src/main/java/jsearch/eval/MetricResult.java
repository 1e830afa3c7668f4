package jsearch.eval;

import java.util.List;
import jsearch.task.Metric;

/**
 * What a task or group has come to by one metric.
 *
 * @param metric its name, without the filter
 * @param filter the filter's name, {@code none} where there is none
 * @param isHigherBetter whether a higher value is better
 * @param value as people know it, such as a perplexity
 * @param standardError of the value; NaN where there is none
 */
public record MetricResult(
    String metric, String filter, boolean isHigherBetter, double value, double standardError) {
  private static final double STEP = 1e-6;

  /** The result of a task's items. */
  static MetricResult of(String task, Metric metric, List<ItemScore> items) {
    String[] name = metric.name().split(",", 2);
    TaskScores scores = new TaskScores(task, metric, 1, items);
    double ratio = scores.estimate().mean();
    boolean weightless = items.stream().allMatch(item -> item.weight() == 0);
    return new MetricResult(
        name[0],
        name.length == 1 ? "none" : name[1],
        metric.isHigherBetter(),
        weightless ? 0 : scores.reported(),
        slope(metric, ratio) * scores.estimate().standardError());
  }

  /** How fast the reported number changes with the ratio (the delta method). */
  private static double slope(Metric metric, double ratio) {
    if (metric.reported(ratio) == ratio) {
      return 1;
    }
    double step = STEP * Math.max(1, Math.abs(ratio));
    return Math.abs(metric.reported(ratio + step) - metric.reported(ratio - step)) / (2 * step);
  }

  /** Metric and filter as lm-evaluation-harness names them: {@code acc,none}. */
  public String key() {
    return metric + "," + filter;
  }
}
