package jsearch.study;

/**
 * How a candidate did on the search items; higher is better.
 *
 * @param objective what the search maximises: the score, ties broken; finite. Of a pruned trial
 *     what the optimizer is told in its place
 * @param score the suite's score; finite
 * @param standardError of the score; NaN where too few items tell
 * @param items number of items that were scored; of a pruned trial not all
 */
public record Outcome(double objective, double score, double standardError, int items) {
  public Outcome {
    if (!Double.isFinite(objective) || !Double.isFinite(score)) {
      throw new IllegalArgumentException(
          "objective %s and score %s must be finite; anything else is a failed trial"
              .formatted(objective, score));
    }
    if (standardError < 0 || Double.isInfinite(standardError) || items < 0) {
      throw new IllegalArgumentException(
          "a standard error cannot be %s, or items %d".formatted(standardError, items));
    }
  }
}
