package jsearch.eval;

/**
 * How a task's result is laid on a common scale: (result − floor) / (ceiling − floor), at least 0.
 *
 * <p>The rule of the Open LLM Leaderboard's second version: the floor is what guessing gets, such
 * as 1/4 of four choices, and what is below it counts as nothing
 * (huggingface.co/docs/leaderboards/open_llm_leaderboard/normalization).
 *
 * @param floor the result that scores 0, in the metric's own unit
 * @param ceiling the result that scores 1, above the floor
 */
public record Scale(double floor, double ceiling) {
  public Scale {
    if (!(floor < ceiling)) {
      throw new IllegalArgumentException("a scale from %s to %s".formatted(floor, ceiling));
    }
  }

  double of(double result) {
    return Math.max(0, (result - floor) * slope());
  }

  /**
   * How fast the score rises with the result.
   *
   * <p>Below the floor it does not; but as no two scores are further apart than their results times
   * this, errors taken by it are never too small.
   */
  double slope() {
    return 1 / (ceiling - floor);
  }
}
