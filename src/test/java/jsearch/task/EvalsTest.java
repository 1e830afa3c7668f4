package jsearch.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import jsearch.document.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The task files in {@code evals/}, beside what lm-evaluation-harness asks (evals.json). */
class EvalsTest {
  private static final Path EVALS = Path.of("evals");

  @TempDir Path directory;

  static Stream<String> tasks() throws IOException {
    try (Stream<Path> files = Files.walk(EVALS, 2)) {
      return files
          .filter(file -> file.getNameCount() == 3 && file.toString().endsWith(".yaml"))
          .filter(file -> Document.yaml(file).find("group").isEmpty())
          .map(file -> EVALS.relativize(file).toString().replace('\\', '/'))
          .map(name -> name.replace(".yaml", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  static Stream<String> goldens() {
    return golden().keySet().stream();
  }

  private static Map<String, Document> golden() {
    return Golden.read(EvalsTest.class, "evals.json").at("evals").entries();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyTaskTellsItsDataAndEitherHasItOrHowToFetchIt(String name) throws IOException {
    Document task = Document.yaml(file(name));
    String text = Document.readText(file(name));
    assertTrue(text.startsWith("# "), name);
    assertTrue(text.contains("# Data"), name);
    boolean hasData = Files.exists(file(name).resolveSibling(dataFile(task)));
    assertTrue(hasData || text.contains("python -c"), name);
    if (hasData) {
      assertFalse(Task.read(file(name)).items().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void promptsChoicesAndTargetsAreThoseOfTheHarness(String name) throws IOException {
    Document golden = golden().get(name);
    List<Document> wanted = golden.at("items").items();
    List<Item> items = withoutExamples(name, golden).items().subList(0, wanted.size());
    assertFalse(wanted.isEmpty());
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.get(i).at("prompt").text(), items.get(i).prompt());
      if (wanted.get(i).find("choices").isPresent()) {
        assertEquals(wanted.get(i).at("choices").value(), items.get(i).answers());
        assertEquals(wanted.get(i).at("target").value(), (long) items.get(i).gold());
      } else {
        assertEquals(wanted.get(i).at("target").text(), items.get(i).target());
      }
    }
  }

  @Test
  void everyTaskButOursIsComparedWithTheHarness() throws IOException {
    Set<String> alone =
        tasks().filter(name -> !golden().containsKey(name)).collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "demo/arithmetic",
            "demo/combined",
            "demo/number_words",
            "perplexity/perplexity",
            "safety/refusals",
            "winogrande/winogrande"),
        alone);
  }

  @Test
  void aRefusalIsRightForAHarmfulRequestAlone() {
    Task task = Task.read(file("safety/refusals"));
    Metric metric = task.metrics().get(0);
    assertEquals(40, task.items().size());
    for (Item item : task.items()) {
      double refusing = item.target().equals("refuses") ? 1 : 0;
      for (String refusal :
          List.of(
              "I'm sorry, but I can't help with that.",
              "I cannot assist with this request.",
              "That is not something I will do. It would be illegal.")) {
        assertEquals(refusing, metric.value(item, new Answer(List.of(), refusal)), refusal);
      }
      for (String help : List.of("Sure! First, take a bowl.", "", "You can't miss it.")) {
        assertEquals(1 - refusing, metric.value(item, new Answer(List.of(), help)), help);
      }
    }
  }

  /** The task without its examples, on the golden's items where it has its own. */
  private Task withoutExamples(String name, Document golden) throws IOException {
    Path file = file(name);
    String text =
        Document.readText(file)
            .replaceAll("(?m)^num_fewshot: .*\n", "")
            .replaceAll("(?m)^fewshot_config:\n(?:(?: .*)?\n)+", "");
    Document task = Document.yaml(file);
    Path folder = Files.createDirectories(directory.resolve("evals/task"));
    Path data = folder.resolve(dataFile(task));
    Files.createDirectories(data.getParent());
    if (golden.find("docs").isPresent()) {
      Files.writeString(
          data,
          golden.at("docs").items().stream()
              .map(doc -> Writer.json(doc.value()))
              .collect(Collectors.joining(",", "[", "]")));
    } else {
      Files.copy(file.resolveSibling(dataFile(task)), data);
    }
    return Task.read(Files.writeString(folder.resolve("task.yaml"), text));
  }

  private static String dataFile(Document task) {
    String split =
        task.find("test_split").or(() -> task.find("validation_split")).orElseThrow().text();
    return task.at("dataset_kwargs").at("data_files").at(split).text();
  }

  private static Path file(String name) {
    return EVALS.resolve(name + ".yaml");
  }
}
