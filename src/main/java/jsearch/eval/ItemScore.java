package jsearch.eval;

/**
 * The result of one item.
 *
 * @param task the task's name
 * @param id the item's place in the task's data, counted from 0
 * @param value 1 right, 0 wrong; NaN when a log-likelihood of the item was NaN
 * @param logLikelihood of the right answer, in nats
 * @param answerTokens number of tokens of the right answer
 */
public record ItemScore(
    String task, int id, double value, double logLikelihood, int answerTokens) {}
