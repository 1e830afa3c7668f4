package jsearch.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import jsearch.document.InputException;
import jsearch.model.LanguageModel;
import jsearch.model.Likelihood;
import jsearch.model.Prompt;
import jsearch.task.Answer;

/**
 * A split of a suite, prepared for a model: rendered, tokenised and batched once a study.
 *
 * <p>The model's weights may change between calls of {@link #score()}, its tokenizer may not.
 */
public final class Bench {
  private record Part(SuiteTask task, List<EncodedItem> items) {}

  private final List<Part> parts;
  private final Supplier<List<Likelihood>> scoring;
  private final Supplier<List<String>> generation;

  private Bench(List<Part> parts, LanguageModel model) {
    this.parts = parts;
    List<EncodedItem> items = parts.stream().flatMap(part -> part.items().stream()).toList();
    List<Prompt> prompts =
        items.stream().map(EncodedItem::prompt).flatMap(Optional::stream).toList();
    // One job for all tasks, so that the model can batch items of like length across them.
    scoring = model.scoring(items.stream().flatMap(item -> item.answers().stream()).toList());
    generation = prompts.isEmpty() ? List::of : model.generation(prompts);
  }

  /**
   * Prepares the items of a split for this model.
   *
   * @throws InputException when an item does not fit the model's context; names task and item
   */
  public static Bench prepare(Suite suite, Split split, LanguageModel model) {
    Encoder encoder = new Encoder(model);
    List<Part> parts = new ArrayList<>();
    for (SuiteTask task : suite.tasks()) {
      parts.add(
          new Part(
              task,
              task.items(split).stream().map(item -> encoder.encode(task.task(), item)).toList()));
    }
    return new Bench(List.copyOf(parts), model);
  }

  /** Tokens of all items, each counted once as its prompt and right answer. */
  public long tokens() {
    return parts.stream()
        .flatMap(part -> part.items().stream())
        .mapToLong(EncodedItem::tokens)
        .sum();
  }

  /** Scores the model with the weights that it has now. */
  public Scores score() {
    Iterator<Likelihood> likelihoods = scoring.get().iterator();
    Iterator<String> texts = generation.get().iterator();
    List<TaskScores> tasks = new ArrayList<>();
    for (Part part : parts) {
      List<ItemScore> scores = new ArrayList<>();
      for (EncodedItem item : part.items()) {
        List<Double> logLikelihoods = new ArrayList<>();
        item.answers().forEach(answer -> logLikelihoods.add(likelihoods.next().logLikelihood()));
        String text = item.prompt().isPresent() ? texts.next() : "";
        Answer answer = new Answer(logLikelihoods, text);
        scores.add(part.task().score(item.item(), answer, item.targetTokens()));
      }
      tasks.add(part.task().scores(scores));
    }
    return new Scores(tasks);
  }
}
