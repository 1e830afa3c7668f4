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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jsearch.document.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void theSuiteChoosesObjectiveAndScale() throws IOException {
    for (Objective objective : Objective.values()) {
      write(
          "suite.yaml",
          """
          suite: demo
          objective: %s
          tasks:
            - {task: tasks/one.yaml, search: 4, confirm: 2, normalise: {floor: 0.25, ceiling: 0.75}%s}
            - {task: tasks/two.yaml, search: 4, confirm: 2, normalise: {floor: 0.5}%s}
          """
              .formatted(
                  objective,
                  objective == Objective.PARETO ? ", axis: x" : "",
                  objective == Objective.PARETO ? ", axis: y" : ""));
      Suite suite = Suite.read(directory.resolve("suite.yaml"));
      assertEquals(objective, suite.objective());
      Scores scores = Bench.prepare(suite, Split.SEARCH, new ToyModel(64)).score();
      assertEquals(objective, scores.rule());
      assertEquals(Optional.of(new Scale(0.25, 0.75)), scores.tasks().get(0).scale());
      assertEquals(Optional.of(new Scale(0.5, 1)), scores.tasks().get(1).scale());
      assertEquals(objective == Objective.PARETO ? List.of("x", "y") : List.of(), scores.axes());
    }
    assertEquals(
        Objective.MEAN, read(0, "{task: tasks/one.yaml, search: 2, confirm: 2}").objective());
  }

  @Test
  void anUnknownObjectiveIsRefused() {
    write("suite.yaml", "suite: demo\nobjective: best\ntasks: []\n");
    InputException e =
        assertThrows(InputException.class, () -> Suite.read(directory.resolve("suite.yaml")));
    assertTrue(
        e.getMessage().contains("objective is \"best\", expected mean, worst, gain or pareto."),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pareto | axis: x | axis: x | the tasks have the axes [x], expected two of them",
        "pareto | axis: x | weight: 1 | tasks[1].axis is missing",
        "mean | weight: 1 | axis: x | axis is \"x\", expected no axis, as the objective is mean.",
      })
  void aParetoSetHasTwoAxesAndNothingElseHasAny(
      String objective, String one, String two, String expected) {
    write(
        "suite.yaml",
        """
        suite: demo
        objective: %s
        tasks:
          - {task: tasks/one.yaml, search: 4, confirm: 2, %s}
          - {task: tasks/two.yaml, search: 4, confirm: 2, %s}
        """
            .formatted(objective, one, two));
    InputException e =
        assertThrows(InputException.class, () -> Suite.read(directory.resolve("suite.yaml")));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noSplitSeparatesAClusterAndBlocksDoNotEither(long seed) throws IOException {
    write(
        "tasks/items.jsonl",
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"question\": \"q%d\", \"passage\": %d}\n".formatted(i, i % 23))
            .collect(Collectors.joining()));
    Suite suite = read(seed, "{task: tasks/one.yaml, search: 25, confirm: 25, cluster: passage}");
    assertEquals(25, suite.size(Split.SEARCH));
    assertEquals(25, suite.size(Split.CONFIRM));
    List<Suite> blocks = suite.blocks(4);
    assertEquals(
        suite.texts(Split.SEARCH),
        blocks.stream().flatMap(block -> block.texts(Split.SEARCH).stream()).toList());
    List<Set<String>> parts = new ArrayList<>();
    blocks.forEach(block -> parts.add(passages(block, Split.SEARCH)));
    parts.add(passages(suite, Split.CONFIRM));
    assertEquals(
        parts.stream().flatMap(Set::stream).distinct().count(),
        parts.stream().mapToInt(Set::size).sum());
  }

  private static Set<String> passages(Suite suite, Split split) {
    return Bench.prepare(suite, split, new ToyModel(64)).score().items().stream()
        .map(item -> item.cluster())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyStratumHasItsShareOfEachSplitAndOfItsBlocks(long seed) throws IOException {
    // 30, 20 and 10 items of three subjects.
    write(
        "tasks/items.jsonl",
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    "{\"question\": \"%s %d\", \"subject\": \"%s\"}\n"
                        .formatted("aaabbc".charAt(i % 6), i, "aaabbc".charAt(i % 6)))
            .collect(Collectors.joining()));
    Suite suite = read(seed, "{task: tasks/one.yaml, search: 24, confirm: 30, stratify: subject}");
    List<List<String>> parts = new ArrayList<>();
    parts.add(suite.texts(Split.SEARCH));
    parts.add(suite.texts(Split.CONFIRM));
    suite.blocks(4).forEach(block -> parts.add(block.texts(Split.SEARCH)));
    for (List<String> part : parts) {
      for (int subject = 0; subject < 3; subject++) {
        char letter = "abc".charAt(subject);
        double share = part.size() * (3 - subject) / 6.0;
        long found = part.stream().filter(text -> text.charAt(0) == letter).count();
        assertTrue(Math.abs(found - share) < 2, found + " of " + letter + " for " + share);
      }
    }
    assertNotEquals(
        suite.texts(Split.SEARCH),
        texts(seed + 9, "{task: tasks/one.yaml, search: 24, confirm: 30, stratify: subject}"));
  }

  @Test
  void anItemWithoutTheFieldIsNamed() {
    for (String key : List.of("cluster", "stratify")) {
      InputException e =
          assertThrows(
              InputException.class,
              () -> read(0, "{task: tasks/one.yaml, search: 2, confirm: 2, %s: x}".formatted(key)));
      assertTrue(e.getMessage().contains("items.jsonl, line "), e.getMessage());
      assertTrue(e.getMessage().contains("x is missing; found [question]."), e.getMessage());
    }
  }

  @Test
  void aClusterOfTwoStrataIsRefused() throws IOException {
    write(
        "tasks/items.jsonl",
        """
        {"question": "a", "passage": 1, "subject": "x"}
        {"question": "b", "passage": 1, "subject": "y"}
        {"question": "c", "passage": 2, "subject": "y"}
        {"question": "d", "passage": 3, "subject": "y"}
        """);
    String entry =
        "{task: tasks/one.yaml, search: 2, confirm: 2, cluster: passage, stratify: subject}";
    InputException e = assertThrows(InputException.class, () -> read(0, entry));
    assertTrue(
        e.getMessage()
            .endsWith("line 2: subject is \"y\", expected \"x\" as in item 0 of the same cluster."),
        e.getMessage());
  }

  @Test
  void clustersTooLargeForBothSplitsAreRefused() throws IOException {
    write(
        "tasks/items.jsonl",
        IntStream.range(0, 20)
            .mapToObj(i -> "{\"question\": \"q%d\", \"passage\": 1}\n".formatted(i))
            .collect(Collectors.joining()));
    InputException e =
        assertThrows(
            InputException.class,
            () -> read(0, "{task: tasks/one.yaml, search: 2, confirm: 2, cluster: passage}"));
    assertTrue(e.getMessage().contains("too few are left"), e.getMessage());
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
        "search: 2, confirm: 2, normalise: {floor: 1} | normalise is {\"floor\":1}, expected a floor",
        "search: 2, confirm: 2, normalise: {top: 1} | tasks[0].normalise.top is not supported here",
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

  @ParameterizedTest
  @CsvSource({"4, 2, 2", "5, 2, 3", "20, 6, 14", "600, 200, 400", "3000, 200, 1000"})
  void aTaskIsASuiteOfItself(int items, int search, int confirm) throws IOException {
    write("tasks/items.jsonl", questions(items));
    Path file = directory.resolve("tasks/one.yaml");
    Suite suite = Suite.read(file);
    assertEquals("one", suite.name());
    assertEquals(search, suite.size(Split.SEARCH));
    assertEquals(confirm, suite.size(Split.CONFIRM));
    assertEquals(file, suite.files().get(0));
    assertEquals(
        texts(0, "{task: tasks/one.yaml, search: %d, confirm: %d}".formatted(search, confirm)),
        suite.texts(Split.SEARCH));
    assertEquals(suite.texts(Split.CONFIRM), Suite.read(file).texts(Split.CONFIRM));
  }

  @Test
  void aGroupIsASuiteOfItself() throws IOException {
    write("tasks/items.jsonl", questions(9));
    write("tasks/both.yaml", "group: both\ntask: [one, two]\n");
    Suite suite = Suite.read(directory.resolve("tasks/both.yaml"));
    assertEquals(
        List.of("one", "two"), suite.tasks().stream().map(task -> task.task().name()).toList());
    assertEquals(6, suite.size(Split.SEARCH));
    assertEquals(12, suite.size(Split.CONFIRM));
  }

  @Test
  void aTaskOfTooFewItemsIsNoSuite() throws IOException {
    write("tasks/items.jsonl", questions(3));
    InputException e =
        assertThrows(InputException.class, () -> Suite.read(directory.resolve("tasks/one.yaml")));
    assertTrue(e.getMessage().contains("has 3 items, expected at least 4: two to"), e.getMessage());
  }

  @Test
  void aSuiteWithoutItsNameIsNoTask() throws IOException {
    write("suite.yaml", "tasks: [{task: tasks/one.yaml, search: 2, confirm: 2}]\n");
    InputException e =
        assertThrows(InputException.class, () -> Suite.read(directory.resolve("suite.yaml")));
    assertTrue(e.getMessage().endsWith("suite.yaml: suite is missing; found [tasks]."));
  }

  private static String questions(int number) {
    return IntStream.range(0, number)
        .mapToObj("{\"question\": \"q%d\"}\n"::formatted)
        .collect(Collectors.joining());
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
