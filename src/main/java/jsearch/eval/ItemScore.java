package jsearch.eval;

/**
 * The result of one item.
 *
 * @param task the task's name
 * @param id the item's place in the task's data, counted from 0
 * @param value what it adds to the task's sum: 1 right, 0 wrong where items are so judged; NaN when
 *     a log-likelihood of the item was NaN
 * @param weight what it adds to the sum that is divided by, at least 0; 1 where the task's result
 *     is a mean
 * @param logLikelihood of the right answer, in nats
 * @param answerTokens number of tokens of the right answer
 */
public record ItemScore(
    String task, int id, double value, double weight, double logLikelihood, int answerTokens) {
  public ItemScore {
    if (weight < 0) {
      throw new IllegalArgumentException(
          "item %d of task %s has the weight %s".formatted(id, task, weight));
    }
  }
}
