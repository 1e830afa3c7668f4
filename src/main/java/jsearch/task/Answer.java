package jsearch.task;

import java.util.List;

/**
 * What a model made of an item.
 *
 * @param logLikelihoods one an answer of the item, in nats
 * @param text what the model wrote; empty where it was not asked to write
 */
public record Answer(List<Double> logLikelihoods, String text) {
  public Answer {
    logLikelihoods = List.copyOf(logLikelihoods);
  }

  /** Whether a log-likelihood is NaN. */
  public boolean isBroken() {
    return logLikelihoods.stream().anyMatch(value -> value.isNaN());
  }
}
