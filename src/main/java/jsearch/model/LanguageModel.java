package jsearch.model;

import java.util.List;
import java.util.function.Supplier;

/**
 * Something that answers: scores continuations and writes text.
 *
 * <p>What does not depend on the weights (sorting by length, padding, the way to the device) is
 * done once, when a job is prepared; each call of the prepared job runs the weights as they are
 * then.
 */
public interface LanguageModel {
  /** The tokenizer that made sense of this model's token ids. */
  Tokenizer tokenizer();

  /** The most tokens (context and answer together) that the model was made for. */
  int contextLength();

  /** Prepares scoring; each call gives one likelihood a continuation, in the order given. */
  Supplier<List<Likelihood>> scoring(List<Continuation> continuations);

  /** Prepares greedy generation; each call gives one answer a prompt, in the order given. */
  Supplier<List<Generated>> generation(List<Prompt> prompts);
}
