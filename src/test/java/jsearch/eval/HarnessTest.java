package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import jsearch.model.Continuation;
import jsearch.model.Prompt;
import jsearch.task.Item;
import jsearch.task.Metric;
import jsearch.task.Task;
import jsearch.task.TaskOptions;
import jsearch.task.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same task files and the same toy model as in lm-evaluation-harness 0.4.13 (harness.json). */
class HarnessTest {
  private static final Document GOLDEN = Golden.read(HarnessTest.class, "harness/harness.json");

  @ParameterizedTest
  @ValueSource(strings = {"arc", "cloze", "entails", "sums", "words", "letters"})
  void promptsAreThoseOfTheHarness(String name) {
    assertEquals(
        GOLDEN.at(name).at("prompts").items().stream().map(Document::text).toList(),
        task(name).items().stream().map(Item::prompt).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"arc", "cloze", "entails"})
  void answersBeginAtTheSameTokensAsInTheHarness(String name) {
    ToyModel model = new ToyModel(4096);
    Task task = task(name);
    bench(task, task.metrics().get(0), model);
    List<List<Long>> splits = new ArrayList<>();
    for (Continuation scored : model.prepared) {
      Stream<Integer> ids = scored.continuation().stream();
      splits.add(
          Stream.concat(Stream.of(scored.context().size()), ids).map(Long::valueOf).toList());
    }
    assertEquals(GOLDEN.at(name).at("splits").value(), splits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arc", "cloze", "entails", "sums", "words", "letters"})
  void metricsAreThoseOfTheHarnessItemByItem(String name) {
    Task task = task(name);
    Map<String, Document> golden = GOLDEN.at(name).at("metrics").entries();
    assertFalse(golden.isEmpty());
    assertEquals(golden.size(), task.metrics().size());
    for (Metric metric : task.metrics()) {
      String key = metric.name().contains(",") ? metric.name() : metric.name() + ",none";
      Scores scores = bench(task, metric, new ToyModel(4096)).score();
      assertEquals(
          golden.get(key).at("items").items().stream().map(Document::number).toList(),
          scores.items().stream().map(ItemScore::value).toList(),
          key);
      assertEquals(golden.get(key).at("mean").number(), scores.estimate().mean(), 1e-15);
      assertEquals(
          golden.get(key).at("standard_error").number(), scores.estimate().standardError(), 1e-15);
    }
  }

  @Test
  void whatIsWrittenIsCountedByWhatTheModelWrote() {
    ToyModel model = new ToyModel(4096);
    Task task = task("sums");
    Bench bench = bench(task, task.metrics().get(0), model);
    assertEquals(0, bench.generated());
    bench.score();
    Encoder encoder = new Encoder(model);
    List<Prompt> prompts =
        task.items().stream()
            .map(item -> encoder.prompt(item.prompt(), task.generation().orElseThrow()))
            .toList();
    long expected =
        model.generation(prompts).get().stream()
            .mapToLong(text -> text.promptTokens() + text.tokens())
            .sum();
    assertEquals(expected, bench.generated());
    bench(task("arc"), task("arc").metrics().get(0), model).score();
    assertEquals(expected, bench.generated());
  }

  static Stream<Document> chats() {
    return GOLDEN.at("chats").items().stream();
  }

  /** The template of harness.py. */
  private static String turns(List<Turn> turns, boolean answering) {
    String text =
        turns.stream()
            .map(
                turn ->
                    "<%s>%s</>"
                        .formatted(turn.role().name().toLowerCase(Locale.ROOT), turn.content()))
            .collect(Collectors.joining());
    return answering ? text + "<assistant>" : text.substring(0, text.length() - "</>".length());
  }

  @ParameterizedTest
  @MethodSource("chats")
  void chatsAreWrappedAsInTheHarness(Document golden) {
    TaskOptions options =
        new TaskOptions(
            OptionalInt.of(5), OptionalInt.of(2), golden.find("system").map(Document::text));
    Path file = Golden.path(HarnessTest.class, "harness/" + golden.at("task").text() + ".yaml");
    Task task = Task.read(file, options);
    ChatPrompts chat = new ChatPrompts(HarnessTest::turns, golden.at("multiturn").bool());
    List<Document> items = golden.at("prompts").items();
    assertEquals(5, items.size());
    Encoder encoder = new Encoder(new ToyModel(4096), Optional.of(chat));
    for (int i = 0; i < items.size(); i++) {
      Item item = task.items().get(i);
      EncodedItem encoded = encoder.encode(task, item, true, false);
      for (int a = 0; a < item.answers().size(); a++) {
        List<Document> arguments = items.get(i).items().get(a).items();
        assertEquals(arguments.get(0).text(), encoded.prompts().get(0));
        assertEquals(arguments.get(1).text(), task.chatDelimiter() + item.answers().get(a));
      }
    }
  }

  private static Task task(String name) {
    return Task.read(Golden.path(HarnessTest.class, "harness/" + name + ".yaml"));
  }

  private static Bench bench(Task task, Metric metric, ToyModel model) {
    SuiteTask whole = new SuiteTask(task, 1, metric, task.items(), List.of());
    return Bench.prepare(new Suite(task.file(), "one", 0, List.of(whole)), Split.SEARCH, model);
  }
}
