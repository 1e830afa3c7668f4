package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Document;
import jsearch.run.Arithmetic;
import jsearch.run.Contestant;
import jsearch.task.Entry;
import jsearch.task.OutputType;
import jsearch.task.Task;
import jsearch.task.TaskOptions;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same task files and checkpoints as in lm-evaluation-harness 0.4.13 (real/golden.json). */
class RealHarnessTest {
  private static final Document GOLDEN =
      Golden.read(RealHarnessTest.class, "harness/real/golden.json");

  /** Nats; what float32 sums in another order come to. */
  private static final double NATS = 1e-3;

  @TempDir static Path folder;

  private static Torch torch;
  private static final Map<String, Contestant> MODELS = new LinkedHashMap<>();

  @BeforeAll
  static void loadCheckpoints() throws IOException {
    torch = Torch.open("cpu");
    Path llama = Golden.path(RealHarnessTest.class, "../model/llama_golden");
    try (Stream<Path> files = Files.list(llama)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.copy(file("tokenizer.json"), folder.resolve("tokenizer.json"));
    MODELS.put("llama", new Contestant(torch, Checkpoint.open(folder), Arithmetic.on("cpu")));
    Path calculator = Path.of("src/demo/calculator");
    MODELS.put(
        "calculator", new Contestant(torch, Checkpoint.open(calculator), Arithmetic.on("cpu")));
  }

  @AfterAll
  static void close() {
    MODELS.values().forEach(Contestant::close);
    MODELS.clear();
    torch.close();
  }

  static List<String[]> tasks() {
    List<String[]> all = new ArrayList<>();
    for (String model : List.of("calculator", "llama")) {
      GOLDEN
          .at(model)
          .at("tasks")
          .entries()
          .keySet()
          .forEach(task -> all.add(new String[] {model, task}));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void promptsLikelihoodsTextsAndMetricsAreThoseOfTheHarness(String model, String task) {
    List<EntryResult> results = answer(model, task);
    assertEquals(1, results.size());
    compare(GOLDEN.at(model).at("tasks").at(task), results.get(0));
  }

  @Test
  void groupsAggregateTheirTasksAsInTheHarness() {
    Map<String, EntryResult> results = new LinkedHashMap<>();
    answer("calculator", "pair").forEach(result -> results.put(result.entry().name(), result));
    assertEquals(
        List.of("pair", "endings", "pair::truths", "booleans", "booleans_csv"),
        List.copyOf(results.keySet()));
    Document golden = GOLDEN.at("pair");
    golden.at("tasks").entries().forEach((name, task) -> compare(task, results.get(name)));
    golden
        .at("groups")
        .entries()
        .forEach(
            (name, group) -> {
              Map<String, Double> values = new LinkedHashMap<>();
              for (MetricResult metric : results.get(name).metrics()) {
                values.put(metric.key(), metric.value());
                values.put(metric.metric() + "_stderr," + metric.filter(), metric.standardError());
              }
              assertFalse(group.entries().isEmpty());
              group.entries().entrySet().stream()
                  .filter(entry -> entry.getValue().isNumber()) // no error for a Brier score there
                  .forEach(
                      entry ->
                          assertNear(entry.getValue(), values.get(entry.getKey()), entry.getKey()));
            });
  }

  private static void compare(Document golden, EntryResult result) {
    Task task = (Task) result.entry();
    assertEquals(golden.at("n_shot").integer(0, 9), task.shots());
    List<Document> arguments = golden.at("arguments").items();
    List<Document> responses = golden.at("responses").items();
    assertEquals(arguments.size(), result.items().size());
    for (int i = 0; i < arguments.size(); i++) {
      assertEquals(arguments.get(i).value(), arguments(task, result.items().get(i)));
      compareAnswers(task, responses.get(i).items(), result.items().get(i));
    }
    Map<String, Document> metrics = golden.at("metrics").entries();
    assertEquals(metrics.size(), result.metrics().size());
    for (int m = 0; m < result.metrics().size(); m++) {
      MetricResult metric = result.metrics().get(m);
      Document expected = metrics.get(metric.key());
      assertNear(expected.at("value"), metric.value(), metric.key());
      if (List.of("acc", "acc_norm", "exact_match").contains(metric.metric())) {
        double error = expected.at("standard_error").number();
        assertEquals(error, metric.standardError(), 1e-12, metric.key());
      }
    }
  }

  /** A number that counts is equal, one that is computed from likelihoods is near. */
  private static void assertNear(Document expected, double value, String key) {
    double wanted = expected.number();
    double tolerance =
        key.startsWith("acc") || key.startsWith("exact_match") || key.startsWith("f1")
            ? 1e-12
            : NATS * Math.max(1, Math.abs(wanted));
    assertEquals(wanted, value, tolerance, key);
  }

  /** What the harness was asked, by request: context and continuation, or one of them. */
  private static List<List<String>> arguments(Task task, ItemResult result) {
    List<String> prompts = result.prompts();
    String delimiter = result.item().delimiter();
    if (task.type() == OutputType.GENERATE_UNTIL) {
      return List.of(prompts);
    }
    if (task.type() == OutputType.LOGLIKELIHOOD_ROLLING) {
      return List.of(List.of(result.item().target()));
    }
    List<List<String>> asked = new ArrayList<>();
    List<String> answers = result.item().answers();
    for (int i = 0; i < answers.size(); i++) {
      asked.add(List.of(prompts.get(prompts.size() == 1 ? 0 : i), delimiter + answers.get(i)));
    }
    if (!result.answer().unprompted().isEmpty()) {
      result.item().choices().forEach(choice -> asked.add(List.of("", delimiter + choice)));
    }
    return asked;
  }

  private static void compareAnswers(Task task, List<Document> golden, ItemResult result) {
    if (task.type() == OutputType.GENERATE_UNTIL) {
      assertEquals(golden.get(0).text(), result.answer().text());
      return;
    }
    List<Double> found = new ArrayList<>(result.answer().logLikelihoods());
    found.addAll(result.answer().unprompted());
    assertEquals(golden.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      boolean rolling = task.type() == OutputType.LOGLIKELIHOOD_ROLLING;
      Document pair = golden.get(i);
      double expected = rolling ? pair.number() : pair.items().get(0).number();
      assertEquals(expected, found.get(i), NATS);
      if (!rolling && i < result.answer().greedy().size()) {
        assertEquals(pair.items().get(1).bool(), result.answer().greedy().get(i));
      }
    }
  }

  private static List<EntryResult> answer(String model, String task) {
    Entry entry = Entry.read(file(task + ".yaml"), TaskOptions.NONE);
    List<EntryResult> results = MODELS.get(model).answer(entry, Optional.empty());
    assertTrue(results.stream().anyMatch(result -> !result.items().isEmpty()));
    return results;
  }

  private static Path file(String name) {
    try {
      return Golden.path(RealHarnessTest.class, "harness/real/" + name).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
