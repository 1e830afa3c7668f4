package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jsearch.document.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteTest {
  private static final String TASK =
      """
      task: %s
      dataset_path: json
      dataset_kwargs: {data_files: items.jsonl}
      output_type: multiple_choice
      doc_to_text: question
      doc_to_target: 0
      doc_to_choice: [left, right]
      """;

  @TempDir Path directory;

  @BeforeEach
  void writeTwoTasksOfTwentyItems() throws IOException {
    Files.createDirectory(directory.resolve("tasks"));
    write("tasks/one.yaml", TASK.formatted("one"));
    write("tasks/two.yaml", TASK.formatted("two"));
    write(
        "tasks/items.jsonl",
        IntStream.range(0, 20)
            .mapToObj("{\"question\": \"q%d\"}\n"::formatted)
            .collect(Collectors.joining()));
  }

  @Test
  void searchAndConfirmShareNoItem() {
    Suite suite = read(7, "{task: tasks/one.yaml, search: 8, confirm: 12}");
    assertEquals("demo", suite.name());
    assertEquals(7, suite.splitSeed());
    assertEquals(8, suite.size(Split.SEARCH));
    assertEquals(12, suite.size(Split.CONFIRM));
    List<String> texts = new ArrayList<>(suite.texts(Split.SEARCH));
    assertTrue(texts.get(0).matches("q\\d+ left"), texts.get(0));
    texts.addAll(suite.texts(Split.CONFIRM));
    assertEquals(20, new HashSet<>(texts).size());
  }

  @Test
  void theSeedAloneDecidesTheSplit() {
    List<String> alone = texts(7, "{task: tasks/one.yaml, search: 8, confirm: 5}");
    assertEquals(alone, texts(7, "{task: tasks/one.yaml, search: 8, confirm: 9}"));
    assertNotEquals(alone, texts(8, "{task: tasks/one.yaml, search: 8, confirm: 5}"));
    assertNotEquals(alone, texts(7, "{task: tasks/two.yaml, search: 8, confirm: 5}"));
    List<String> second =
        texts(
            7,
            "{task: tasks/two.yaml, search: 2, confirm: 2}",
            "{task: tasks/one.yaml, search: 8, confirm: 5}");
    assertEquals(alone, second.subList(2, 10));
  }

  @Test
  void theSplitOfASeedNeverChanges() {
    // Studies on disk rely on it. Computed in Python from the documented java.util.Random,
    // Fisher-Yates.
    assertEquals(
        List.of("q14 left", "q3 left"), texts(7, "{task: tasks/one.yaml, search: 2, confirm: 2}"));
  }

  @Test
  void theSuiteChoosesWeightAndMetric() {
    Suite suite =
        read(
            0,
            "{task: tasks/one.yaml, search: 2, confirm: 2}",
            "{task: tasks/two.yaml, search: 2, confirm: 2, weight: 2.5, metric: acc_norm}");
    Scores scores = Bench.prepare(suite, Split.CONFIRM, new ToyModel(64)).score();
    assertEquals("acc", scores.tasks().get(0).metric().name());
    assertEquals(1, scores.tasks().get(0).weight());
    assertEquals("acc_norm", scores.tasks().get(1).metric().name());
    assertEquals(2.5, scores.tasks().get(1).weight());
  }

  @Test
  void theSameQuestionInBothSplitsIsRefused() throws IOException {
    write("tasks/items.jsonl", "{\"question\": \"same\"}\n".repeat(4));
    InputException e =
        assertThrows(
            InputException.class, () -> read(0, "{task: tasks/one.yaml, search: 2, confirm: 2}"));
    assertTrue(e.getMessage().startsWith("Task one ("), e.getMessage());
    assertTrue(e.getMessage().contains("have the same prompt and answer"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search: 8, confirm: 13             | asks for 8 search and 13 confirm items, but task one",
        "search: 0, confirm: 2              | tasks[0].search is 0, expected a whole number of at",
        "search: 2, confirm: -1             | tasks[0].confirm is -1, expected a whole number of",
        "confirm: 2                         | tasks[0].search is missing; found [task, confirm].",
        "search: 2, confirm: 2, weight: 0   | tasks[0].weight is 0, expected a number above 0.",
        "search: 2, confirm: 2, weight: -1  | tasks[0].weight is -1, expected a number above 0.",
        "search: 2, confirm: 2, metric: f1  | tasks[0].metric is \"f1\", expected a metric of task",
        "search: 2, confirm: 2, wieght: 1   | tasks[0].wieght is not supported here, expected one",
      })
  void badEntriesAreToldByPlaceAndValue(String entry, String expected) {
    InputException e =
        assertThrows(
            InputException.class, () -> read(0, "{task: tasks/one.yaml, %s}".formatted(entry)));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains("suite.yaml"), e.getMessage());
  }

  @Test
  void aTaskNamedTwiceIsRefused() {
    String entry = "{task: tasks/one.yaml, search: 2, confirm: 2}";
    InputException e = assertThrows(InputException.class, () -> read(0, entry, entry));
    assertTrue(e.getMessage().contains("expected another task, as one is in"), e.getMessage());
  }

  @Test
  void aTaskInPlaceOfASuiteIsExplained() {
    InputException e =
        assertThrows(InputException.class, () -> Suite.read(directory.resolve("tasks/one.yaml")));
    assertTrue(e.getMessage().contains("one.yaml is a task, expected a suite."), e.getMessage());
  }

  @Test
  void aMissingTaskFileIsNamed() {
    InputException e =
        assertThrows(
            InputException.class, () -> read(0, "{task: none.yaml, search: 2, confirm: 2}"));
    assertTrue(e.getMessage().endsWith("none.yaml does not exist."), e.getMessage());
  }

  private List<String> texts(long seed, String... entries) {
    return read(seed, entries).texts(Split.SEARCH);
  }

  private Suite read(long seed, String... entries) {
    write(
        "suite.yaml",
        "suite: demo\nsplit_seed: %d\ntasks:\n  - %s\n"
            .formatted(seed, String.join("\n  - ", entries)));
    return Suite.read(directory.resolve("suite.yaml"));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
