package jsearch.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jsearch.model.Continuation;
import jsearch.model.Generated;
import jsearch.model.LanguageModel;
import jsearch.model.Likelihood;
import jsearch.model.Prompt;
import jsearch.task.Answer;

/** Items laid out for a model; each call gives one answer an item, by the model's weights then. */
final class Answers implements Supplier<List<Answer>> {
  private final List<EncodedItem> items;
  private final Supplier<List<Likelihood>> scoring;
  private final Supplier<List<Generated>> generation;
  private long generated;

  Answers(List<EncodedItem> items, LanguageModel model) {
    this.items = List.copyOf(items);
    List<Prompt> prompts =
        items.stream().map(EncodedItem::prompt).flatMap(Optional::stream).toList();
    // One job for all tasks, so that the model can batch items of like length across them.
    List<Continuation> scored = items.stream().flatMap(Answers::scored).toList();
    scoring = scored.isEmpty() ? List::of : model.scoring(scored);
    generation = prompts.isEmpty() ? List::of : model.generation(prompts);
  }

  private static Stream<Continuation> scored(EncodedItem item) {
    return Stream.concat(item.answers().stream().flatMap(List::stream), item.unprompted().stream());
  }

  /** Tokens that the last call read and wrote where it let the model write. */
  long generated() {
    return generated;
  }

  @Override
  public List<Answer> get() {
    Iterator<Likelihood> likelihoods = scoring.get().iterator();
    List<Generated> texts = generation.get();
    generated = texts.stream().mapToLong(text -> text.promptTokens() + text.tokens()).sum();
    Iterator<Generated> written = texts.iterator();
    List<Answer> answers = new ArrayList<>();
    for (EncodedItem item : items) {
      List<Double> sums = new ArrayList<>();
      List<Boolean> greedy = new ArrayList<>();
      for (List<Continuation> windows : item.answers()) {
        double sum = 0;
        boolean all = true;
        for (int i = 0; i < windows.size(); i++) {
          Likelihood window = likelihoods.next();
          sum += window.logLikelihood();
          all &= window.greedy();
        }
        sums.add(sum);
        greedy.add(all);
      }
      List<Double> unprompted =
          item.unprompted().stream().map(any -> likelihoods.next().logLikelihood()).toList();
      String text = item.prompt().isPresent() ? written.next().text() : "";
      answers.add(new Answer(sums, greedy, unprompted, text));
    }
    return answers;
  }
}
