package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jsearch.document.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suites in {@code evals/}: those whose data is committed, and the others on made-up data. */
class SuiteFilesTest {
  private static final Path EVALS = Path.of("evals");

  /** An item of each data file that has to be fetched; %d is its number. */
  private static final Map<String, String> FETCHED =
      Map.of(
          "gpqa/gpqa_main.jsonl",
          "{'Question': 'q%d', 'choice1': 'a', 'choice2': 'b', 'choice3': 'c', 'choice4': 'd',"
              + " 'answer': '(A)'}",
          "math/algebra.jsonl",
          "{'problem': 'p%d', 'answer': '1'}",
          "mmlu_pro/test.jsonl",
          "{'question': 'q%d', 'options': ['a', 'b'], 'answer': 'A'}",
          "mmlu_pro/validation.jsonl",
          "{'question': 'v%d', 'options': ['a', 'b'], 'answer': 'A'}",
          "musr/murder_mysteries.jsonl",
          "{'narrative': 'm%d', 'question': 'q', 'choices': ['a', 'b'], 'answer_choice': 'a'}",
          "musr/object_placements.jsonl",
          "{'narrative': 'o%d', 'question': 'q', 'choices': ['a', 'b'], 'answer_choice': 'a'}",
          "musr/team_allocation.jsonl",
          "{'narrative': 't%d', 'question': 'q', 'choices': ['a', 'b'], 'answer_choice': 'a'}");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"arc", "bbh", "demo", "gsm8k", "hellaswag", "ifeval", "safety"})
  void suitesFitTheCommittedItems(String name) {
    Path file = EVALS.resolve(name + ".yaml");
    Suite suite = Suite.read(file);
    assertEquals(name, suite.name());
    assertTrue(Document.readText(file).startsWith("# "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpqa", "leaderboard", "math", "mmlu_pro", "musr"})
  void theOthersFitTheItemsThatAreFetched(String name) throws IOException {
    Path file = withMadeUpData().resolve(name + ".yaml");
    assertEquals(name, Suite.read(file).name());
    assertTrue(Document.readText(file).startsWith("# "));
  }

  @Test
  void theLeaderboardWeighsSixTasksAlikeAndBeginsEachAtChance() throws IOException {
    Suite suite = Suite.read(withMadeUpData().resolve("leaderboard.yaml"));
    Map<String, Double> weights =
        suite.tasks().stream()
            .collect(
                Collectors.groupingBy(
                    task -> task.task().file().getParent().getFileName().toString(),
                    Collectors.summingDouble(SuiteTask::weight)));
    assertEquals(
        List.of("gpqa", "ifeval", "leaderboard", "math", "mmlu_pro", "musr"),
        weights.keySet().stream().sorted().toList());
    weights.values().forEach(weight -> assertEquals(1, weight, 1e-12));
    assertEquals(
        List.of(0.5, 0.1667, 0.5, 0.25, 0.5, 0.2, 0.3333, 0.1),
        suite.tasks().stream().flatMap(task -> task.scale().stream()).map(Scale::floor).toList());
  }

  /** A copy of the folder, with what its comments say how to fetch. */
  private Path withMadeUpData() throws IOException {
    Path copy = directory.resolve("evals");
    try (Stream<Path> files = Files.walk(EVALS)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, copy.resolve(EVALS.relativize(file).toString()));
      }
    }
    for (Map.Entry<String, String> data : FETCHED.entrySet()) {
      Files.writeString(
          copy.resolve(data.getKey()),
          IntStream.range(0, 550)
              .mapToObj(i -> data.getValue().replace('\'', '"').formatted(i) + "\n")
              .collect(Collectors.joining()));
    }
    return copy;
  }
}
