package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.model.Continuation;
import jsearch.task.Answer;
import jsearch.task.Generation;
import jsearch.task.Item;
import jsearch.task.Metric;
import jsearch.task.Task;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final Generation RULES = new Generation(List.of("\n\n"), 20);
  private static final Item CHOICE =
      new Item(3, "Say", " ", List.of("a", "two"), 1, Document.json("item", "{}"));
  private static final Item WRITTEN =
      new Item(7, "2 and 2: ", " ", List.of("4"), 0, Document.json("item", "{}"));

  @Test
  void nothingIsTokenisedWhenACandidateIsScored() {
    ToyModel model = new ToyModel(64);
    Bench bench = Bench.prepare(suite(20), Split.SEARCH, model);
    int before = model.encodings;
    Scores first = bench.score();
    assertEquals(first, bench.score());
    assertEquals(before, model.encodings);
  }

  @Test
  void tokensCountEachItemOnceAsPromptAndRightAnswer() {
    ToyModel model = new ToyModel(64);
    // BOS S a y, then " " t w o; BOS 2 " a" n d " " 2 :, then " " 4.
    assertEquals(4 + 4 + 8 + 2, Bench.prepare(suite(20), Split.SEARCH, model).tokens());
  }

  @Test
  void aChatTemplateWrapsThePromptOnly() {
    ChatPrompts chat =
        new ChatPrompts((turns, answering) -> "<" + turns.get(0).content() + ">", true);
    Bench bench = Bench.prepare(suite(20), Split.SEARCH, new ToyModel(64), Optional.of(chat));
    // As above, two characters more a prompt, and no delimiter: answers follow the template at
    // once.
    assertEquals(6 + 3 + 10 + 1, bench.tokens());
  }

  @Test
  void spacesThatEndThePromptBelongToTheAnswer() {
    Encoder encoder = new Encoder(new ToyModel(64));
    assertEquals(
        new Continuation(List.of(1, (int) 'H', (int) 'i'), ids("  ", "x")),
        encoder.continuation("Hi ", " x"));
    assertEquals(List.of(1, (int) 'H', (int) 'i', (int) ' '), encoder.prompt("Hi ", RULES).ids());
  }

  @Test
  void anEmptyPromptIsBos() {
    Encoder encoder = new Encoder(new ToyModel(64));
    assertEquals(new Continuation(List.of(1), List.of((int) 'x')), encoder.continuation("", "x"));
    assertEquals(new Continuation(List.of(1), ids("\n\n", "x")), encoder.continuation("\n\n", "x"));
    assertEquals(List.of(1), encoder.prompt("", RULES).ids());
  }

  @Test
  void writtenAnswersAlsoHaveTheLikelihoodOfTheRightOne() {
    ItemScore score =
        Bench.prepare(suite(20), Split.SEARCH, new ToyModel(64)).score().items().get(1);
    assertEquals("written", score.task());
    assertEquals(7, score.id());
    assertEquals(2, score.answerTokens());
    // Prompt 2 and 2 with 2·7 + 2 = 16 ≡ 2 (mod 7): the model writes " 4" and stops.
    assertEquals(1, score.value());
    // Context ":" alone, then " " and 4: the whole's token ": " crosses the border and is cut off.
    long first = (58L * 31 + 32L * 17) % 97 + 1;
    long second = (32L * 31 + 52L * 17 + 7) % 97 + 1;
    assertEquals(-(first + second) / 64.0, score.logLikelihood());
  }

  @Test
  void aNanLikelihoodMakesTheTrialNan() {
    ToyModel model = new ToyModel(64);
    Bench bench = Bench.prepare(suite(20), Split.SEARCH, model);
    model.broken = true;
    assertTrue(Double.isNaN(bench.score().objective()));
    model.broken = false;
    assertTrue(Double.isFinite(bench.score().objective()));
  }

  @Test
  void anItemLongerThanTheContextIsToldByTaskItemAndTokens() {
    assertEquals(
        "Task choice (choice.yaml), item 3: prompt and answer have 8 tokens, expected at most the"
            + " model's 6 and one.",
        message(20, 6));
    assertEquals(
        "Task written (written.yaml), item 7: the prompt has 8 tokens and its answer may have 20,"
            + " expected at most the model's 27 together.\n"
            + "Maybe lower generation_kwargs: max_gen_toks.",
        message(20, 27));
    Bench.prepare(suite(20), Split.SEARCH, new ToyModel(28));
  }

  private static String message(int maxNewTokens, int contextLength) {
    return assertThrows(
            InputException.class,
            () -> Bench.prepare(suite(maxNewTokens), Split.SEARCH, new ToyModel(contextLength)))
        .getMessage();
  }

  /** Ids of the pieces, each given whole. */
  private static List<Integer> ids(String... pieces) {
    return List.of(pieces).stream()
        .map(piece -> new ToyModel(64).tokenizer().encode(piece, false).get(0))
        .toList();
  }

  private static final Metric EXACT =
      rule("exact_match", (item, answer) -> answer.text().strip().equals(item.target()));

  private static boolean mostLikely(Item item, Answer answer) {
    return answer.logLikelihoods().get(item.gold()) >= Collections.max(answer.logLikelihoods());
  }

  private static Metric rule(String name, BiPredicate<Item, Answer> right) {
    return new Metric() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double value(Item item, Answer answer) {
        return right.test(item, answer) ? 1 : 0;
      }
    };
  }

  private static Suite suite(int maxNewTokens) {
    Task choice =
        new Task(
            "choice",
            Path.of("choice.yaml"),
            Path.of("choice.jsonl"),
            List.of(CHOICE),
            List.of(rule("acc", BenchTest::mostLikely)),
            Optional.empty());
    Task written =
        new Task(
            "written",
            Path.of("written.yaml"),
            Path.of("written.jsonl"),
            List.of(WRITTEN),
            List.of(EXACT),
            Optional.of(new Generation(List.of("\n\n"), maxNewTokens)));
    return new Suite(
        Path.of("two.yaml"),
        "two",
        0,
        List.of(
            new SuiteTask(choice, 1, choice.metrics().get(0), choice.items(), List.of()),
            new SuiteTask(written, 1, EXACT, written.items(), List.of())));
  }
}
