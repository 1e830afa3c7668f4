package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.schedule.MergeRecipe;
import jsearch.torch.Torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merges on disk against real mergekit's by the same recipes (see make_recipe_goldens.py). */
class RecipeGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/jsearch/merge/recipes");

  @TempDir private Path directory;

  private Checkpoint merge(String name) {
    MergeRecipe recipe = MergeRecipe.load(GOLDEN.resolve(name + ".yaml"));
    Path out = directory.resolve(name);
    try (Torch torch = Torch.open("cpu")) {
      Map<String, Checkpoint> parents = new LinkedHashMap<>();
      recipe.models().forEach(id -> parents.put(id, Checkpoint.open(GOLDEN.resolve(id))));
      MergePlan plan = MergePlan.of(recipe, parents);
      assertTrue(new DiskMerge(torch, plan).write(out, false, 10_000, Monitors.SILENT));
    }
    return Checkpoint.open(out);
  }

  /**
   * Two-byte formats: mergekit computes angle and weights in float32, we in float64, so that near a
   * tie a rounding may differ. In float32 the same shows in last places, most where sums cancel; so
   * units there are those of the tensor's largest number.
   */
  @ParameterizedTest
  @CsvSource({
    "scalar-bf16, 0.001, 1",
    "gradient-bf16, 0.001, 1",
    "filters-f32, 0.15, 2",
    "slices-bf16, 0.001, 1",
    "v-curve-f16-tied, 0.001, 1",
    "one-tied, 0.001, 1",
    "narrower-dtype, 0.001, 1",
    "mixed-formats, 0.001, 1",
  })
  void aMergeIsMergekitsButForRareRoundings(String name, double share, int units) {
    Checkpoint actual = merge(name);
    Checkpoint expected = Checkpoint.open(GOLDEN.resolve("merged").resolve(name));
    assertEquals(expected.tensors().keySet(), actual.tensors().keySet());
    long elements = 0;
    long different = 0;
    double largest = 0;
    for (TensorInfo info : expected.tensors().values()) {
      TensorInfo merged = actual.tensor(info.name().text());
      assertEquals(info.dtype(), merged.dtype());
      assertEquals(info.shape(), merged.shape());
      double[] theirs = Naive.read(info);
      double[] ours = Naive.read(merged);
      double top = Arrays.stream(theirs).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < theirs.length; i++) {
        elements++;
        if (theirs[i] != ours[i]) {
          different++;
          double unit = Naive.ulp(info.dtype() == DType.F32 ? top : theirs[i], info.dtype());
          largest = Math.max(largest, Math.abs(ours[i] - theirs[i]) / unit);
        }
      }
    }
    String found = "%s: %d of %d differ, by %s ulp".formatted(name, different, elements, largest);
    assertTrue(elements > 4000, found);
    assertTrue(different <= elements * share && largest <= units, found);
  }

  @ParameterizedTest
  @CsvSource({"scalar-bf16, bfloat16", "filters-f32, float32", "mixed-formats, float16"})
  void theConfigSaysTheFormatThatWasWritten(String name, String format) {
    Checkpoint merged = merge(name);
    Checkpoint expected = Checkpoint.open(GOLDEN.resolve("merged").resolve(name));
    Set<DType> formats = new TreeSet<>();
    merged.tensors().values().forEach(info -> formats.add(info.dtype()));
    assertEquals(1, formats.size());
    assertEquals(format, merged.config().at("dtype").text());
    for (String key : List.of("dtype", "num_hidden_layers", "vocab_size", "tie_word_embeddings")) {
      assertEquals(expected.config().at(key).value(), merged.config().at(key).value(), key);
    }
  }
}
