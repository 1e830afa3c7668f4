package jsearch.eval;

import java.util.List;
import java.util.Optional;
import jsearch.model.Continuation;
import jsearch.model.Prompt;
import jsearch.task.Item;

/**
 * An item in token ids.
 *
 * @param answers one an answer of the item
 * @param prompt what the model goes on from; empty where it only chooses
 */
record EncodedItem(Item item, List<Continuation> answers, Optional<Prompt> prompt) {
  EncodedItem {
    answers = List.copyOf(answers);
  }

  /** Number of tokens of the right answer. */
  int targetTokens() {
    return target().continuation().size();
  }

  /** Number of tokens of the prompt with its right answer. */
  int tokens() {
    return target().context().size() + targetTokens();
  }

  private Continuation target() {
    return answers.get(item.gold());
  }
}
