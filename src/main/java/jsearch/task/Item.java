package jsearch.task;

import java.util.List;
import jsearch.document.Document;

/**
 * One question, ready as text.
 *
 * @param id place in the data, counted from 0 (lm-evaluation-harness's {@code doc_id})
 * @param prompt what the model reads first; may be empty
 * @param delimiter what stands between prompt and answer
 * @param answers the choices; for generation the right answer alone
 * @param gold index of the right answer
 * @param doc the data that it was made of, for metrics that ask for more than an answer
 */
public record Item(
    int id, String prompt, String delimiter, List<String> answers, int gold, Document doc) {
  public Item {
    answers = List.copyOf(answers);
    if (gold < 0 || gold >= answers.size()) {
      throw new IllegalArgumentException(
          "gold is %d of %d answers".formatted(gold, answers.size()));
    }
  }

  /** The right answer. */
  public String target() {
    return answers.get(gold);
  }

  /** The prompt with its right answer. */
  public String text() {
    return prompt + delimiter + target();
  }

  /** What makes two items the same question, wherever they stand. */
  public List<Object> question() {
    return List.of(prompt, answers, gold);
  }
}
