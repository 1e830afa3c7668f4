package jsearch.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a candidate did on the search items; higher is better.
 *
 * @param objective what the search maximises: the score, ties broken; finite. Of a pruned trial
 *     what the optimizer is told in its place
 * @param score the suite's score; finite
 * @param standardError of the score; NaN where too few items tell
 * @param items by task, one finite score an item, in the task's order; of a pruned trial the first
 *     ones
 */
public record Outcome(
    double objective, double score, double standardError, Map<String, List<Double>> items) {
  public Outcome {
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    items.forEach((task, scores) -> copy.put(task, List.copyOf(scores)));
    items = Collections.unmodifiableMap(copy);
    if (!Double.isFinite(objective) || !Double.isFinite(score)) {
      throw new IllegalArgumentException(
          "objective %s and score %s must be finite; anything else is a failed trial"
              .formatted(objective, score));
    }
    if (standardError < 0 || Double.isInfinite(standardError)) {
      throw new IllegalArgumentException("a standard error cannot be " + standardError);
    }
    if (!items.values().stream().flatMap(List::stream).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("the score of an item is not finite");
    }
  }
}
