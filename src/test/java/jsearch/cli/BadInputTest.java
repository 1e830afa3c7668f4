package jsearch.cli;

import static jsearch.cli.Commands.assertRefused;
import static jsearch.cli.Commands.run;
import static jsearch.cli.Commands.search;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.cli.Commands.Result;
import jsearch.run.TinyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with what the user gave, it is named, and no study is begun. */
class BadInputTest {
  @TempDir Path temp;
  private TinyPair pair;
  private Path study;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp.resolve("pair"));
    study = temp.resolve("study");
  }

  @AfterEach
  void nothingIsWritten() {
    assertFalse(Files.exists(study));
  }

  @Test
  void optionsOutsideTheirRangeAreRefusedBeforeAnythingIsWritten() {
    assertRefused(search(pair, study, "--budget", 0), "--budget is 0, expected at least 1.");
    assertRefused(
        search(pair, study, "--space", "rmap"), "--space is rmap, expected a file or a name in");
    assertRefused(
        search(pair, study, "--optimizer", "adam"),
        "Optimizer \"adam\" is unknown, expected one of: cmaes, genetic, random.");
    assertRefused(run("--device", "tpu"), "");
    Result device = run("eval", pair.base(), "--eval", pair.suite(), "--device", "tpu");
    assertRefused(device, "Device is tpu, expected auto, cpu, gpu or gpu:N.");
    assertRefused(
        search(pair, study, "--dtype", "int8"),
        "Dtype is int8, expected one of: auto, float32, bfloat16, float16.");
    assertRefused(
        search(pair, study, "--batch-tokens", "0"), "--batch-tokens is 0, expected at least 1.");
    assertRefused(search(pair, study, "--workers", 0), "--workers is 0, expected at least 1.");
    assertRefused(search(pair, study, "--patience", 0), "--patience is 0, expected at least 1.");
    assertRefused(search(pair, study, "--target", "NaN"), "--target is NaN, expected a score");
    assertRefused(
        search(pair, study, "--target", 700),
        "--target is 700.0, expected a score of at most 100 points.",
        "Maybe write 70 for 70 points, or 0.7 for the same.");
    assertRefused(
        search(pair, study, "--time-limit", "8 hours"),
        "The time limit is \"8 hours\", expected days, hours, minutes and seconds such as 45m");
  }

  @Test
  void aSuiteThatAsksForChatNeedsAChatTemplate() {
    pair.write(
        "suite.yaml",
        "suite: chat\nchat: true\ntasks: [{task: task.yaml, search: 4, confirm: 8}]\n");
    String fault = pair.base() + " has no chat template: neither";
    assertRefused(search(pair, study), fault);
    assertRefused(run("eval", pair.base(), "--eval", pair.suite()), fault);
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    new TinyCheckpoint().layers(3).shards(2).write(pair.base());
    Files.delete(pair.base().resolve("model.safetensors"));
    Files.delete(pair.base().resolve("model-00002-of-00002.safetensors"));
    assertRefused(search(pair, study), pair.base().toString(), "model-00002-of-00002.safetensors");
  }

  @Test
  void aTensorWithNaNIsNamed() {
    TinyPair.fill(pair.donor(), "model.layers.1.mlp.up_proj.weight", Float.NaN);
    String[] words = {
      "model.layers.1.mlp.up_proj.weight", pair.donor().toString(), "NaN", "expected finite weights"
    };
    assertRefused(search(pair, study), words);
    assertRefused(run("eval", pair.donor(), "--eval", pair.suite(), "--device", "cpu"), words);
    assertRefused(
        run("inspect", pair.base(), pair.donor(), "--eval", pair.suite(), "--device", "cpu"),
        words);
  }

  @Test
  void aTensorOfAnotherShapeIsNamedWithBothShapes() {
    new TinyCheckpoint().layers(3).intermediate(32).write(pair.donor());
    assertRefused(search(pair, study), "mlp.", "proj.weight", "24", "32");
  }

  @Test
  void anArchitectureThatIsNotSupportedIsNamedWithThoseThatAre() {
    for (Path parent : List.of(pair.base(), pair.donor())) {
      new TinyCheckpoint()
          .layers(3)
          .config("architectures", List.of("GPT2LMHeadModel"))
          .config("model_type", "gpt2")
          .write(parent);
    }
    assertRefused(search(pair, study), "config.json: model_type is \"gpt2\", expected", "llama");
  }

  @Test
  void aTaskWithoutItemsIsNamed() {
    pair.write("items.jsonl", "");
    assertRefused(search(pair, study), "items.jsonl", "expected");
  }

  @Test
  void aMalformedTaskIsNamedWithTheLine() {
    pair.write("items.jsonl", "{\"q\": \"1\", \"a\": 0}\n{\"q\": \"2\", \"a\":\n");
    assertRefused(search(pair, study), "items.jsonl", "2");
    pair.write("task.yaml", "task: x\noutput_type: essay\n");
    assertRefused(search(pair, study), "task.yaml", "essay", "expected");
    pair.write("suite.yaml", "suite: x\ntasks: [{task: task.yaml, serach: 4}]\n");
    assertRefused(search(pair, study), "suite.yaml", "serach");
  }
}
