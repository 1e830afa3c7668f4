package jsearch.eval;

import java.util.List;
import java.util.Optional;
import jsearch.model.Continuation;
import jsearch.model.Prompt;
import jsearch.task.Item;

/**
 * An item in token ids.
 *
 * @param prompts what the model reads, as text: one for all answers, or one an answer
 * @param answers one an answer of the item, in one window or more; empty where none is scored
 * @param unprompted the choices without the prompt; empty where no metric asks
 * @param prompt what the model goes on from; empty where it only scores
 */
record EncodedItem(
    Item item,
    List<String> prompts,
    List<List<Continuation>> answers,
    List<Continuation> unprompted,
    Optional<Prompt> prompt) {
  EncodedItem {
    prompts = List.copyOf(prompts);
    answers = List.copyOf(answers);
    unprompted = List.copyOf(unprompted);
  }

  /** Number of tokens of the right answer. */
  int targetTokens() {
    return target().stream().mapToInt(window -> window.continuation().size()).sum();
  }

  /** Number of tokens of the prompt with its right answer. */
  int tokens() {
    return target().get(0).context().size() + targetTokens();
  }

  private List<Continuation> target() {
    return answers.get(item.gold());
  }
}
