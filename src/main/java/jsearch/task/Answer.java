package jsearch.task;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a model made of an item.
 *
 * @param logLikelihoods one an answer of the item, in nats
 * @param greedy one an answer: whether the model would have written exactly it
 * @param unprompted the answers' log-likelihoods without the prompt; empty where no metric asks
 * @param text what the model wrote; empty where it was not asked to write
 */
public record Answer(
    List<Double> logLikelihoods, List<Boolean> greedy, List<Double> unprompted, String text) {
  public Answer {
    logLikelihoods = List.copyOf(logLikelihoods);
    greedy = List.copyOf(greedy);
    unprompted = List.copyOf(unprompted);
  }

  /** An answer of which no more is known. */
  public Answer(List<Double> logLikelihoods, String text) {
    this(logLikelihoods, List.of(), List.of(), text);
  }

  /** Whether a log-likelihood is NaN. */
  public boolean isBroken() {
    return Stream.concat(logLikelihoods.stream(), unprompted.stream())
        .anyMatch(value -> value.isNaN());
  }
}
