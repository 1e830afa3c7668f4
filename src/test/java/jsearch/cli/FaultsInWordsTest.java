package jsearch.cli;

import static jsearch.cli.Commands.run;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** Whatever goes wrong, the user reads words and no name of a class of Java. */
class FaultsInWordsTest {
  @TempDir Path temp;
  private TinyPair pair;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp.resolve("pair"));
  }

  private void assertSaid(Result result, String words) {
    assertTrue(result.code() == 2 || result.code() == 3, result.err());
    assertTrue(result.err().contains(words), () -> words + " is not in " + result.err());
    String all = result.err() + result.out();
    assertFalse(all.matches("(?s).*(\\bjavax?\\.|Exception|Error\\b|\\bjackson\\b).*"), all);
  }

  @Test
  void filesThatAreMissingOrOfAnotherKind() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    Path bytes = Files.write(temp.resolve("bytes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Path base = pair.base();
    assertSaid(
        run("merge", temp.resolve("no.yaml"), temp.resolve("out")), "no.yaml does not exist");
    assertSaid(run("merge", temp, temp.resolve("out")), temp + " cannot be read: is a directory.");
    assertSaid(run("merge", bytes, temp.resolve("out")), "is not UTF-8 text");
    assertSaid(run("eval", base, "--eval", temp), temp + " cannot be read: is a directory.");
    assertSaid(run("eval", base, "--eval", file.resolve("x")), "--eval is " + file.resolve("x"));
    assertSaid(run("eval", file), "is a file, expected the directory of a Hugging Face");
    assertSaid(run("eval", base, "--eval", "x".repeat(300)), "--eval is xxx");
    assertSaid(run("status", temp.resolve("none")), "is not a study that can go on");
    assertSaid(run("status", file), file + " is a file, expected the directory of a study.");
    assertSaid(run("list", file), "is no directory");
    assertSaid(run("generate", "no\0name"), "is no name that a directory can have");
  }

  @Test
  void filesThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    Path task = pair.suite().resolveSibling("task.yaml");
    assertSaid(
        run("eval", pair.base(), "--eval", task, "--device=cpu", "--samples", file.resolve("s")),
        "s cannot be written: not a directory");
    assertSaid(Commands.search(pair, file.resolve("study")), "not a directory");
  }

  @Test
  void textThatIsDamaged() throws IOException {
    Path task = pair.suite().resolveSibling("task.yaml");
    for (String yaml : List.of("a: [", "a: {b: 1}}", "\tx", "[".repeat(3000), "a: 1\na: 2", "%x")) {
      Files.writeString(task, yaml);
      assertSaid(run("eval", pair.base(), "--eval", task), "task.yaml");
    }
    for (String json :
        List.of("{", "{} {}", "[".repeat(3000), "{\"a\": 1e}", "nul", "{\"a\":01}")) {
      Files.writeString(pair.base().resolve("config.json"), json);
      assertSaid(run("eval", pair.base(), "--eval", pair.suite()), "config.json");
    }
  }

  @Test
  void dataThatIsDamaged() throws IOException {
    for (String name : List.of("items.parquet", "items.csv", "items.json", "items.jsonl")) {
      String type = name.replaceFirst("items.", "").replace("jsonl", "json");
      Path data = pair.suite().resolveSibling(name);
      Path task = pair.suite().resolveSibling("task.yaml");
      Files.writeString(
          task,
          Files.readString(task)
              .replaceFirst("(?m)^dataset_path:.*$", "dataset_path: " + type)
              .replaceAll("items\\.\\w+", name));
      for (String text : List.of("PAR1 and no more", "PAR1PAR1", "\"a\nb", "{\"q\": }")) {
        Files.writeString(data, text);
        Result result = run("eval", pair.base(), "--eval", task);
        assertSaid(result, name);
      }
    }
  }

  @Test
  void aNearNameIsSuggestedForWhatIsNamedByAPath() throws IOException {
    Path wrong = pair.base().resolveSibling("bsae");
    assertSaid(run("eval", wrong), "Maybe you mean %s.".formatted(pair.base()));
    assertSaid(
        run("eval", pair.base(), "--eval", pair.suite().resolveSibling("siute.yaml")),
        "Maybe you mean %s.".formatted(pair.suite()));
    assertSaid(run("eval", "--eval", "gsm9k", pair.base()), "Maybe you mean gsm8k.");
    assertSaid(run("--space", "rmap"), ": ramp, v-curve.\nMaybe you mean ramp.");
    assertSaid(run("--optimizer", "cma"), "Maybe you mean cmaes.");
    assertSaid(run("--dtype", "bfloat"), "Maybe you mean bfloat16.");
    pair.write("suite.yaml", "suite: x\ntasks: [{task: task.yaml, serach: 4}]\n");
    assertSaid(Commands.search(pair, temp.resolve("study")), "Maybe you mean search.");
  }

  @Test
  void aStudyThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
    for (String name : List.of("demo-cmaes-1", "other")) {
      Path study = Files.createDirectories(temp.resolve("results").resolve(name));
      Files.writeString(study.resolve("study.yaml"), "");
    }
    Files.createDirectories(temp.resolve("results/demo-cmaes-3")); // no study
    Path missing = temp.resolve("results/demo-cmaes-2");
    for (String command : List.of("status", "show", "watch", "resume")) {
      assertSaid(
          run(command, missing),
          """
          is not a study that can go on.
          Maybe you mean %s.
          Studies in %s: demo-cmaes-1, other.
          """
              .formatted(temp.resolve("results/demo-cmaes-1"), temp.resolve("results")));
    }
  }

  @Test
  void aBundledSuiteGoesByItsName() {
    Result result = run("eval", pair.base(), "--eval", "demo", "--limit", 1);
    assertSaid(result, "evals/demo.yaml is a suite");
  }
}
