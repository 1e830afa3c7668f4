package jsearch.cli;

import static jsearch.cli.Commands.assertRefused;
import static jsearch.cli.Commands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jsearch.cli.Commands.Result;
import jsearch.run.TinyPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task or group file where a suite is asked for, and other names for devices and formats. */
class TaskAsSuiteTest {
  @TempDir Path temp;
  private TinyPair pair;
  private Path task;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp);
    task = pair.suite().resolveSibling("task.yaml");
  }

  @Test
  void inspectComparesOnATasksTextToo() {
    pair.write("group.yaml", "group: all\ntask: [letters]\n");
    Object[] words = {"inspect", pair.base(), pair.donor(), "--device", "cpu", "--json", "--eval"};
    Result suite = inspect(words, pair.suite());
    // The suite has 4 search items of the task's 12, as a third of them is.
    assertEquals(suite.out(), inspect(words, task).out());
    assertEquals(suite.out(), inspect(words, temp.resolve("group.yaml")).out());
  }

  private static Result inspect(Object[] words, Path file) {
    Object[] all = new Object[words.length + 1];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = file;
    Result result = run(all);
    assertEquals(0, result.code(), result.err());
    return result;
  }

  private Result search(Path out, Object... more) {
    Object[] words = {
      "--base", pair.base(), "--donor", pair.donor(), "--eval", task, "--out", out, "--budget", 3
    };
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return run(all);
  }

  @Test
  void aSearchByATaskSplitsItsItemsAndSaysSo() throws IOException {
    Path study = temp.resolve("study");
    Result result = search(study, "--device", "cpu", "--seed", 7);
    assertEquals(0, result.code(), result.err());
    String note =
        "%s is no suite: 4 of its items search and 8 confirm. Maybe write a suite to choose."
            .formatted(task);
    assertEquals(note, result.err().lines().findFirst().orElseThrow());
    assertTrue(result.out().contains(": 4 items ("), result.out());
    Path cut = Files.createDirectory(temp.resolve("cut"));
    Files.copy(study.resolve("study.yaml"), cut.resolve("study.yaml"));
    List<String> journal = Files.readAllLines(study.resolve("journal.log"));
    Files.write(cut.resolve("journal.log"), journal.subList(0, journal.size() / 2));
    Result resumed = run("resume", cut);
    assertEquals(0, resumed.code(), resumed.err());
    assertEquals(
        Files.readString(study.resolve("recipe.yaml")).replace("study", ""),
        Files.readString(cut.resolve("recipe.yaml")).replace("cut", ""));
    // As many items as before, but other ones: the split would be another.
    pair.write(
        "items.jsonl", Files.readString(temp.resolve("items.jsonl")).replace("11 plus", "a"));
    Result changed = run("resume", cut);
    assertEquals(3, changed.code());
    assertTrue(changed.err().contains("suite.fingerprint was "), changed.err());
  }

  @Test
  void aStudyRecordsOneNameOfAFormat() throws IOException {
    Path study = temp.resolve("study");
    Result result = search(study, "--device", "cpu", "--dtype", "bf16");
    assertEquals(0, result.code(), result.err());
    String spec = Files.readString(study.resolve("study.yaml"));
    assertTrue(spec.contains("--dtype bfloat16"), spec);
    assertTrue(spec.contains("  dtype: bfloat16\n"), spec);
  }

  @Test
  void everyCommandThatTakesADeviceKnowsCuda() {
    String expected = "Device is cuda:9999, but this machine shows ";
    String models = "models: [{model: %s}, {model: %s}]".formatted(pair.base(), pair.donor());
    String method = "merge_method: slerp\nbase_model: %s\n".formatted(pair.base());
    Path recipe =
        pair.write(
            "recipe.yaml", models + "\n" + method + "parameters: {t: 0.5}\ndtype: float32\n");
    assertRefused(search(temp.resolve("a"), "--device", "cuda:9999"), "gpu:9999, but this machine");
    assertRefused(run("eval", pair.base(), "--eval", task, "--device", "cuda:9999"), expected);
    assertRefused(run("generate", pair.base(), "--prompt", "a", "--device=cuda:9999"), expected);
    assertRefused(
        run("inspect", pair.base(), pair.donor(), "--eval", task, "--device=cuda:9999"), expected);
    assertRefused(run("merge", recipe, temp.resolve("out"), "--device=cuda:9999"), expected);
  }
}
