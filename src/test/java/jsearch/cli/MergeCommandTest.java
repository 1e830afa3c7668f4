package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MergeCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private double noise = 0.1;

  private int merge(String... options) throws IOException {
    Path base = new TinyCheckpoint().write(directory.resolve("base"));
    Path donor = new TinyCheckpoint().donor(2, noise).write(directory.resolve("donor"));
    return merge(base, donor, options);
  }

  private int merge(Path base, Path donor, String... options) throws IOException {
    Path recipe =
        Files.writeString(
            directory.resolve("recipe.yaml"),
            "{merge_method: slerp, base_model: '%s', models: [{model: '%s'}], parameters: {t: 0.5}}"
                .formatted(base, donor));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] words = new String[3 + options.length];
    words[0] = "merge";
    words[1] = recipe.toString();
    words[2] = directory.resolve("merged").toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return line.execute(words);
  }

  @Test
  void aParentWhoseIndexIsStaleIsMergedWithAWarning() throws IOException {
    Path base = new TinyCheckpoint().shards(2).write(directory.resolve("base"));
    Files.move(base.resolve("model-00001-of-00002.safetensors"), base.resolve("first.safetensors"));
    Path donor = new TinyCheckpoint().donor(2, noise).write(directory.resolve("donor"));
    assertEquals(0, merge(base, donor), err.toString());
    assertTrue(
        err.toString()
            .contains(
                "Warning: %s names shards that are absent; all its tensors were found in first.safetensors, model-00002-of-00002.safetensors."
                    .formatted(base.resolve("model.safetensors.index.json"))),
        err.toString());
  }

  @Test
  void aRecipeBecomesACheckpoint() throws IOException {
    assertEquals(0, merge("--shard-size", "10 kb"), err.toString());
    assertTrue(
        err.toString()
            .matches(
                "Merging \\S+/base \\(12.4K parameters, float32, 49.5 kB\\) and .* \\.\\.\\.\\R"),
        err.toString());
    Collection<TensorInfo> tensors =
        Checkpoint.open(directory.resolve("merged")).tensors().values();
    assertEquals(21, tensors.size());
    long bytes = tensors.stream().mapToLong(TensorInfo::bytes).sum();
    assertTrue(
        out.toString().endsWith("merged: 21 tensors, %,d bytes.\n".formatted(bytes)),
        out.toString());
    assertTrue(Files.exists(directory.resolve("merged/model.safetensors.index.json")));
  }

  @Test
  void aSecondMergeNeedsForce() throws IOException {
    assertEquals(0, merge());
    assertEquals(2, merge());
    assertTrue(err.toString().contains("Maybe replace it: --force."), err.toString());
    assertEquals(0, merge("--force"));
  }

  /** The angles of norms, about 0.01 rad here, lie below mergekit's limit of 0.03. */
  @Test
  void theMethodOfThePaperIsNeverLinear() throws IOException {
    noise = 0.01;
    String norm = "model.norm.weight";
    String up = "model.layers.0.mlp.up_proj.weight";
    assertEquals(0, merge("--method", "mergekit"), err.toString());
    double[] linear = {sum(norm), sum(up)};
    assertEquals(0, merge("--method", "paper", "--force"), err.toString());
    // 1 / cos(w/2) longer
    assertEquals(1 + 0.01 * 0.01 / 8, sum(norm) / linear[0], 1e-5);
    assertTrue(sum(norm) > linear[0]);
    assertEquals(linear[1], sum(up));
    assertEquals(2, merge("--method", "other"));
    assertTrue(err.toString().contains("expected one of: mergekit, paper."), err.toString());
  }

  private double sum(String tensor) throws IOException {
    TensorInfo info = Checkpoint.open(directory.resolve("merged")).tensor(tensor);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(info.file()));
    bytes.order(ByteOrder.LITTLE_ENDIAN).position((int) info.offset());
    double sum = 0;
    for (long i = 0; i < info.elements(); i++) {
      sum += bytes.getFloat();
    }
    return sum;
  }

  @Test
  void aPlaceThatIsTakenIsToldBeforeParentsAreLookedFor() throws IOException {
    assertEquals(0, merge());
    Path recipe = directory.resolve("recipe.yaml");
    String base = directory.resolve("base").toString();
    Files.writeString(recipe, Files.readString(recipe).replace(base, "nobody/nothing"));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String taken = directory.resolve("merged").toString();
    assertEquals(2, line.execute("merge", recipe.toString(), taken));
    assertTrue(err.toString().contains(taken + " holds a checkpoint"), err.toString());
  }

  @ParameterizedTest
  @CsvSource({"5XB", "0", "-1GB", "1.5GB", "''", "99999999999GB"})
  void aSizeThatIsNoneIsRefused(String size) throws IOException {
    assertEquals(2, merge("--shard-size=" + size));
    assertTrue(err.toString().contains("expected a size such as 5GB"), err.toString());
    assertFalse(Files.exists(directory.resolve("merged")));
  }
}
