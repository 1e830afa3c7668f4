package jsearch.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that stand for others: includes, groups, tags; and the examples of an item. */
class GroupTest {
  @TempDir Path directory;
  private TaskFolder folder;

  @BeforeEach
  void writeFolder() {
    folder = TaskFolder.in(directory);
    folder.write("a.yaml", "task: a\ntag: [letters]\ntest_split: test\n" + TaskFolder.CHOOSING);
    folder.write("sub/b.yaml", "include: ../a.yaml\ntask: b\ntag: letters\ndescription: B\n");
  }

  @Test
  void theFileItselfWinsOverItsIncludesAndLaterIncludesOverEarlierOnes() {
    folder.write("x.yaml", "description: X\ntask_alias: from x\n");
    folder.write("y.yaml", "description: Y\n");
    folder.write("t.yaml", "include: [a.yaml, x.yaml, y.yaml]\ntask: t\n");
    Task task = (Task) folder.read("t.yaml");
    assertEquals("from x", task.alias());
    assertEquals("YQ0", task.items().get(0).prompt());
    assertEquals(
        List.of("t.yaml", "a.yaml", "x.yaml", "y.yaml", "items.jsonl"),
        task.files().stream().map(file -> file.getFileName().toString()).toList());
  }

  @Test
  void aPythonFunctionThatALaterFileReplacesIsNoFault() {
    folder.write("base.yaml", "include: a.yaml\ndoc_to_text: !function utils.text\n");
    folder.write("t.yaml", "include: base.yaml\ntask: t\ndoc_to_text: q\n");
    assertEquals("Q0", folder.read("t.yaml").tasks().get(0).items().get(0).prompt());
  }

  @Test
  void aGroupNamesTasksGroupsTagsAndFilesAndReplacesTheirKeys() {
    folder.write("inner.yaml", "group: inner\ntask: [b]\n");
    folder.write(
        "outer.yaml",
        """
        group: outer
        group_alias: All
        description: "O "
        task:
          - task: a
            task_alias: First
            num_fewshot: 1
          - inner
        aggregate_metric_list: {metric: acc, filter_list: none, weight_by_size: false}
        """);
    Group group = (Group) folder.read("outer.yaml");
    assertEquals("All", group.alias());
    assertEquals(List.of("a", "b"), group.tasks().stream().map(Task::name).toList());
    assertEquals(List.of("First", "b"), group.tasks().stream().map(Task::alias).toList());
    assertEquals(List.of(1, 0), group.tasks().stream().map(Task::shots).toList());
    assertTrue(group.tasks().get(1).items().get(0).prompt().startsWith("O Q0"));
    assertEquals(
        List.of(new Aggregate("acc", Optional.of(List.of("none")), false)), group.aggregates());
    folder.write(
        "tagged.yaml", "group: tagged\ntask: letters\n".replace(": letters", ": [letters]"));
    assertEquals(
        List.of("a", "b"), folder.read("tagged.yaml").tasks().stream().map(Task::name).toList());
    folder.write("named.yaml", "group: named\ntask: [sub/b.yaml]\n");
    assertEquals("b", folder.read("named.yaml").tasks().get(0).name());
  }

  @Test
  void aFileWithASuiteIsNoEntry() {
    folder.write("suite.yaml", "suite: s\ntasks: []\n");
    assertFalse(Entry.isEntry(directory.resolve("suite.yaml")));
    assertTrue(Entry.isEntry(directory.resolve("a.yaml")));
  }

  @Test
  void optionsLimitItemsAndAskForExamplesExceptWhereAFileSaysNone() {
    TaskOptions options =
        new TaskOptions(OptionalInt.of(3), OptionalInt.of(2), Optional.of("Be brief."));
    Task task = Task.read(directory.resolve("a.yaml"), options);
    assertEquals(3, task.items().size());
    assertEquals(2, task.shots());
    assertTrue(task.items().get(0).prompt().matches("(?s)Be brief.Q\\d+ .\n\nQ\\d+ .\n\nQ0"));
    folder.write("none.yaml", "include: a.yaml\ntask: none\nnum_fewshot: 0\n");
    assertEquals("Q0", folder.shots("none.yaml", 5).items().get(0).prompt());
  }

  @Test
  void noItemIsAmongItsOwnExamplesWhateverTheSplitsAreCalled() {
    for (String keys :
        List.of(
            "test_split: test\nfewshot_split: test",
            "test_split: test\nfewshot_split: train",
            "test_split: null\nvalidation_split: test",
            "test_split: test\nfewshot_split: train\nfewshot_config: {sampler: first_n}",
            "test_split: test\nfewshot_split: test\nfewshot_config: {sampler: first_n}")) {
      folder.write("t.yaml", "include: a.yaml\ntask: t\n" + keys + "\n");
      for (Item item : folder.shots("t.yaml", 11).items()) {
        String[] asked = item.prompt().split("\n\n");
        assertEquals(12, asked.length, keys);
        assertEquals(
            12, List.of(asked).stream().map(q -> q.split(" ")[0]).distinct().count(), keys);
      }
    }
  }

  @Test
  void twinsOfTheItemAreNoExamplesEither() {
    folder.write(
        "items.jsonl",
        "{\"q\": \"Q\", \"options\": [\"y\", \"n\"], \"gold\": 0}\n".repeat(3)
            + "{\"q\": \"R\", \"options\": [\"y\", \"n\"], \"gold\": 1}\n");
    folder.write("t.yaml", "include: a.yaml\ntask: t\nfewshot_split: test\n");
    assertEquals("R n\n\nQ", folder.shots("t.yaml", 1).items().get(0).prompt());
  }
}
