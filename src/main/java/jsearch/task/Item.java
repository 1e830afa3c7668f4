package jsearch.task;

import java.util.List;
import jsearch.document.Document;

/**
 * One question, ready as text.
 *
 * @param id place in the data, counted from 0 (lm-evaluation-harness's {@code doc_id})
 * @param contexts what the model reads first: one for all answers, or one an answer
 * @param delimiter what stands between prompt and answer
 * @param answers what is scored or, for generation, the texts that are right
 * @param golds indices of the right answers, at least one; the first stands for all
 * @param choices what the answers are called; differs from them where each has its own context
 * @param doc the data that it was made of, for metrics that ask for more than an answer
 */
public record Item(
    int id,
    List<Conversation> contexts,
    String delimiter,
    List<String> answers,
    List<Integer> golds,
    List<String> choices,
    Document doc) {
  public Item {
    contexts = List.copyOf(contexts);
    answers = List.copyOf(answers);
    golds = List.copyOf(golds);
    choices = List.copyOf(choices);
    int count = answers.size();
    if (golds.isEmpty() || golds.stream().anyMatch(gold -> gold < 0 || gold >= count)) {
      throw new IllegalArgumentException("golds are %s of %d answers".formatted(golds, count));
    }
    if (contexts.size() != 1 && contexts.size() != count || choices.size() != count) {
      throw new IllegalArgumentException(
          "%d contexts and %d choices for %d answers"
              .formatted(contexts.size(), choices.size(), count));
    }
  }

  /** A question with one prompt and one right answer. */
  public Item(
      int id, String prompt, String delimiter, List<String> answers, int gold, Document doc) {
    this(id, List.of(Conversation.of(prompt)), delimiter, answers, List.of(gold), answers, doc);
  }

  /** What the model reads before this answer. */
  public Conversation context(int answer) {
    return contexts.get(contexts.size() == 1 ? 0 : answer);
  }

  /** What the model reads before the right answer, as plain text; may be empty. */
  public String prompt() {
    return context(gold()).text();
  }

  /** Index of the right answer. */
  public int gold() {
    return golds.get(0);
  }

  /** The right answer. */
  public String target() {
    return answers.get(gold());
  }

  /** The prompt with its right answer. */
  public String text() {
    return prompt() + delimiter + target();
  }

  /** What makes two items the same question, wherever they stand. */
  public List<Object> question() {
    return List.of(contexts.stream().map(Conversation::text).toList(), answers, golds);
  }
}
