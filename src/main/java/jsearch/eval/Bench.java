package jsearch.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import jsearch.document.InputException;
import jsearch.model.LanguageModel;
import jsearch.task.Answer;

/**
 * A split of a suite, prepared for a model: rendered, tokenised and batched once a study.
 *
 * <p>The model's weights may change between calls of {@link #score()}, its tokenizer may not.
 */
public final class Bench {
  private record Part(SuiteTask task, List<EncodedItem> items) {}

  private final Suite suite;
  private final List<Part> parts;
  private final Answers answers;

  private Bench(Suite suite, List<Part> parts, LanguageModel model) {
    this.suite = suite;
    this.parts = parts;
    answers = new Answers(parts.stream().flatMap(part -> part.items().stream()).toList(), model);
  }

  /** Prepares the items of a split for this model, with prompts as plain text. */
  static Bench prepare(Suite suite, Split split, LanguageModel model) {
    return prepare(suite, split, model, Optional.empty());
  }

  /**
   * Prepares the items of a split for this model.
   *
   * @param chat wraps prompts; empty for plain text
   * @throws InputException when an item does not fit the model's context; names task and item
   */
  public static Bench prepare(
      Suite suite, Split split, LanguageModel model, Optional<ChatPrompts> chat) {
    Encoder encoder = new Encoder(model, chat);
    List<Part> parts = new ArrayList<>();
    for (SuiteTask task : suite.tasks()) {
      boolean unprompted = task.metric().needsUnprompted();
      parts.add(
          new Part(
              task,
              task.items(split).stream()
                  .map(item -> encoder.encode(task.task(), item, true, unprompted))
                  .toList()));
    }
    return new Bench(suite, List.copyOf(parts), model);
  }

  /** Tokens of all items, each counted once as its prompt and right answer. */
  public long tokens() {
    return parts.stream()
        .flatMap(part -> part.items().stream())
        .mapToLong(EncodedItem::tokens)
        .sum();
  }

  /** Tokens that the last {@link #score()} read and wrote where the model was let write. */
  public long generated() {
    return answers.generated();
  }

  /** Scores the model with the weights that it has now. */
  public Scores score() {
    Iterator<Answer> given = answers.get().iterator();
    List<TaskScores> tasks = new ArrayList<>();
    for (Part part : parts) {
      List<ItemScore> scores = new ArrayList<>();
      for (EncodedItem item : part.items()) {
        scores.add(part.task().score(item.item(), given.next(), item.targetTokens()));
      }
      tasks.add(part.task().scores(scores));
    }
    return new Scores(suite.objective(), tasks);
  }
}
