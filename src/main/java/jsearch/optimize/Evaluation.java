package jsearch.optimize;

import java.util.List;

/**
 * A finished trial, as an optimizer sees it.
 *
 * @param point coordinates in [0,1]
 * @param score the higher the better; NaN for a failed trial
 */
public record Evaluation(List<Double> point, double score) {
  public Evaluation {
    point = List.copyOf(point);
  }
}
