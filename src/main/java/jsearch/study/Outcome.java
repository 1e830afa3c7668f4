package jsearch.study;

import java.util.List;

/**
 * How a candidate did on the search items; higher is better.
 *
 * @param objective what the search maximises: the score, ties broken; finite. Of a pruned trial
 *     what the optimizer is told in its place
 * @param score the suite's score; finite
 * @param standardError of the score; NaN where too few items tell
 * @param items number of items that were scored; of a pruned trial not all
 * @param axes the score on each axis where the study has two, finite; empty where it has one score
 */
public record Outcome(
    double objective, double score, double standardError, int items, List<Double> axes) {
  public Outcome {
    axes = List.copyOf(axes);
    if (!Double.isFinite(objective)
        || !Double.isFinite(score)
        || !axes.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "objective %s, score %s and axes %s must be finite; anything else is a failed trial"
              .formatted(objective, score, axes));
    }
    if (standardError < 0 || Double.isInfinite(standardError) || items < 0) {
      throw new IllegalArgumentException(
          "a standard error cannot be %s, or items %d".formatted(standardError, items));
    }
  }

  /** An outcome of one score. */
  public Outcome(double objective, double score, double standardError, int items) {
    this(objective, score, standardError, items, List.of());
  }

  /**
   * Whether this is at least as good as the other on every axis, and better on one.
   *
   * <p>Of two that are the same on every axis, the one with the higher objective is better.
   */
  boolean dominates(Outcome other) {
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) < other.axes.get(i)) {
        return false;
      }
    }
    return !axes.equals(other.axes) || objective > other.objective;
  }
}
