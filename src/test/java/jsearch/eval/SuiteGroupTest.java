package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jsearch.document.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A group in a suite: three tasks of 20, 10 and 10 items. */
class SuiteGroupTest {
  private static final String GROUP =
      """
      group: all
      task: [one, two, three]
      """;

  @TempDir Path directory;

  @BeforeEach
  void writeThreeTasksAndTheirGroup() {
    write("one", 20);
    write("two", 10);
    write("three", 10);
    write("tasks/all.yaml", GROUP);
  }

  @Test
  void itsTasksShareItemsAndWeightBySize() {
    Suite suite = read("search: 8, confirm: 24, weight: 2");
    assertEquals(List.of(4, 2, 2), each(suite, task -> task.search().size()));
    assertEquals(List.of(12, 6, 6), each(suite, task -> task.confirm().size()));
    assertEquals(List.of(1.0, 0.5, 0.5), each(suite, SuiteTask::weight));
  }

  @Test
  void itsTasksCountAlikeWhereItsAggregateOfTheMetricSaysSo() {
    write(
        "tasks/all.yaml",
        GROUP
            + """
            aggregate_metric_list:
              - {metric: acc, weight_by_size: true}
              - {metric: acc_norm, weight_by_size: false}
            """);
    assertEquals(List.of(0.5, 0.25, 0.25), each(read("search: 8, confirm: 8"), SuiteTask::weight));
    assertEquals(
        List.of(2.0, 2.0, 2.0),
        each(read("search: 8, confirm: 8, metric: acc_norm, weight: 6"), SuiteTask::weight));
  }

  @Test
  void anItemHasItsPlaceInTheSplitWithOrWithoutTheGroup() {
    write("suite.yaml", "suite: s\ntasks: [{task: tasks/one.yaml, search: 4, confirm: 12}]\n");
    Suite alone = Suite.read(directory.resolve("suite.yaml"));
    Suite together = read("search: 8, confirm: 24");
    assertEquals(alone.texts(Split.SEARCH), together.texts(Split.SEARCH).subList(0, 4));
    assertEquals(alone.texts(Split.CONFIRM), together.texts(Split.CONFIRM).subList(0, 12));
  }

  @Test
  void whatTheEntrySaysGoesForEachTaskUnlessSaidOfIt() {
    Suite suite =
        read(
            "search: 8, confirm: 8, metric: acc_norm, normalise: {floor: 0.5}, cluster: passage,"
                + " members: {two: {metric: acc, normalise: {floor: 0.25}}}");
    assertEquals(List.of("acc_norm", "acc", "acc_norm"), each(suite, task -> task.metric().name()));
    assertEquals(List.of(0.5, 0.25, 0.5), each(suite, task -> task.scale().orElseThrow().floor()));
    assertEquals(List.of(Optional.of("passage")), distinct(each(suite, SuiteTask::cluster)));
  }

  @Test
  void theGroupsFileIsAmongThoseThatDecideWhatIsAsked() {
    assertEquals(
        List.of(
            "suite.yaml",
            "all.yaml",
            "one.yaml",
            "one.jsonl",
            "two.yaml",
            "two.jsonl",
            "three.yaml",
            "three.jsonl"),
        read("search: 8, confirm: 8").files().stream()
            .map(file -> file.getFileName().toString())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search: 5, confirm: 8  | 3 tasks, expected at least 6 of each: two a task.",
        "search: 8, confirm: 5  | 3 tasks, expected at least 6 of each: two a task.",
        "search: 8, confirm: 33 | but group all (",
        "search: 8, confirm: 33 | all.yaml) has 40.",
        "search: 8, confirm: 8, members: {tow: {metric: acc}} | expected one of [one, three, two].",
        "search: 8, confirm: 8, members: {two: {search: 3}} | members.two.search is not supported",
        "search: 8, confirm: 8, metric: f1 | expected a metric of task one",
      })
  void badEntriesAreToldByPlaceAndValue(String entry, String expected) {
    InputException e = assertThrows(InputException.class, () -> read(entry));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains("tasks[0]"), e.getMessage());
  }

  @Test
  void aTaskOfThreeItemsIsTooSmallForBothSplits() {
    write("three", 3);
    InputException e = assertThrows(InputException.class, () -> read("search: 8, confirm: 8"));
    assertTrue(e.getMessage().startsWith("Task three ("), e.getMessage());
    assertTrue(e.getMessage().contains("has 3 items, expected at least 4"), e.getMessage());
  }

  private static <T> List<T> each(Suite suite, Function<SuiteTask, T> what) {
    return suite.tasks().stream().map(what).toList();
  }

  private static <T> List<T> distinct(List<T> all) {
    return all.stream().distinct().toList();
  }

  private Suite read(String entry) {
    write("suite.yaml", "suite: s\ntasks: [{task: tasks/all.yaml, %s}]\n".formatted(entry));
    return Suite.read(directory.resolve("suite.yaml"));
  }

  private void write(String task, int items) {
    write(
        "tasks/" + task + ".yaml",
        """
        task: %s
        dataset_path: json
        dataset_kwargs: {data_files: %s.jsonl}
        output_type: multiple_choice
        doc_to_text: question
        doc_to_target: 0
        doc_to_choice: [left, right]
        """
            .formatted(task, task));
    write(
        "tasks/" + task + ".jsonl",
        IntStream.range(0, items)
            .mapToObj(i -> "{\"question\": \"%s %d\", \"passage\": %d}\n".formatted(task, i, i / 2))
            .collect(Collectors.joining()));
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(directory.resolve(name).getParent());
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
