package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeRecipeTest {
  private static final String WHOLE =
      "{merge_method: slerp, base_model: b, models: [{model: b}, {model: d}], parameters: {t: 0.5}}";

  @TempDir private Path directory;

  private MergeRecipe read(String yaml) {
    try {
      return MergeRecipe.load(Files.writeString(directory.resolve("recipe.yaml"), yaml));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String slices(String... ranges) {
    StringBuilder yaml =
        new StringBuilder("merge_method: slerp\nbase_model: b\nparameters: {t: [0, 1]}\nslices:\n");
    for (String range : ranges) {
      yaml.append(
          "  - sources: [{model: b, layer_range: %s}, {model: d, layer_range: %<s}]\n"
              .formatted(range));
    }
    return yaml.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ramp", "v-curve"})
  void ourOwnRecipesReadBackBitForBit(String family) {
    Family space = Family.load(Path.of("search-spaces", family + ".yaml"));
    Random random = new Random(11);
    for (int layers : List.of(1, 2, 5, 30)) {
      List<Double> point = Stream.generate(random::nextDouble).limit(6).toList();
      Schedule schedule = space.schedule(point, layers);
      MergeRecipe read = read(new Recipe("", "x/b", "d", DType.F16, schedule).yaml());
      assertEquals("x/b", read.base());
      assertEquals("d", read.donor());
      assertEquals(Optional.of(DType.F32), read.dtype());
      assertEquals(Optional.of(DType.F16), read.outDtype());
      assertEquals(Optional.of("x/b"), read.tokenizer());
      for (TensorName name : Tensors.all(layers)) {
        assertEquals(schedule.t(name), read.schedule(layers).t(name), name.text());
      }
    }
  }

  @Test
  void theBaseIsNamedByBaseModelWhateverTheOrder() {
    String models = "{merge_method: slerp, base_model: b, models: %s, parameters: {t: 0.5}}";
    for (String order :
        List.of("[{model: d}, {model: b}]", "[{model: b}, {model: d}]", "[{model: d}]")) {
      MergeRecipe read = read(models.formatted(order));
      assertEquals("b", read.base());
      assertEquals("d", read.donor());
      assertEquals(Optional.empty(), read.dtype());
      assertEquals(Optional.empty(), read.tokenizer());
    }
  }

  @Test
  void positionsRestartInEverySlice() {
    SlicedSchedule schedule = read(slices("[0, 3]", "[3, 4]", "[4, 6]")).schedule(6);
    List<Double> t =
        Stream.of(0, 1, 2, 3, 4, 5).map(layer -> schedule.t(Tensors.mlp(layer))).toList();
    assertEquals(List.of(0.0, 0.5, 1.0, 1.0, 0.0, 1.0), t); // a layer alone is at depth 1
    assertEquals(0, schedule.t(Tensors.EMBEDDING));
  }

  @Test
  void aSlicesOwnRulesComeFirstAndTheRecipesFollow() {
    SlicedSchedule schedule =
        read("""
                merge_method: slerp
                base_model: b
                slices:
                  - sources: [{model: b, layer_range: [0, 1]}, {model: d, layer_range: [0, 1]}]
                    parameters: {t: [{filter: mlp, value: 0.2}, {filter: embed, value: [0.3, 1]}]}
                  - sources: [{model: b, layer_range: [1, 2]}, {model: d, layer_range: [1, 2]}]
                    parameters: {t: [0.4, 0.6]}
                parameters: {t: 0.9}
                """)
            .schedule(2);
    assertEquals(0.2, schedule.t(Tensors.mlp(0)));
    assertEquals(0.9, schedule.t(Tensors.attention(0)));
    assertEquals(0.6, schedule.t(Tensors.mlp(1)));
    assertEquals(0.3, schedule.t(Tensors.EMBEDDING)); // the first slice's
    assertEquals(0.4, schedule.t(Tensors.HEAD)); // the last slice's
    assertEquals(0.4, schedule.t(Tensors.FINAL_NORM));
  }

  /** Each row changes one thing of a good recipe; the message names it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slerp | linear | merge_method is \"linear\", expected slerp",
        "slerp | dare_ties | merge_method is \"dare_ties\", expected slerp",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, chat_template: auto | chat_template is not",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, tokenizer: {} | tokenizer is not supported",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, modules: {} | modules is not supported",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, dtpye: float16 | dtpye is not supported",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, dtype: int8 | dtype is \"int8\", expected",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, out_dtype: 8 | out_dtype is 8, expected",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, tokenizer_source: union | union is not",
        "parameters: {t: 0.5} | parameters: {t: 0.5}, slices: [] | both models and slices",
        "t: 0.5 | t: 1.2 | parameters.t is 1.2, expected a number from 0 (base) to 1 (donor); beyond",
        "t: 0.5 | t: -0.1 | beyond them mergekit extrapolates",
        "t: 0.5 | t: [] | parameters.t is [], expected a number, a list",
        "t: 0.5 | t: {filter: a, value: 1} | expected a number, a list",
        "t: 0.5 | t: half | parameters.t is \"half\"",
        "t: 0.5 | weight: 0.5 | parameters.weight is not supported here",
        "t: 0.5 | t: 0.5, embed_slerp: true | parameters.embed_slerp is not supported here",
        "parameters: {t: 0.5} | dtype: float32 | parameters.t is missing",
        "{model: d} | {model: d}, {model: e} | models[2].model is \"e\", expected the base b or",
        "{model: d} | {model: d}, {model: d} | expected each model once",
        "{model: d} | {model: b} | expected a model other than the base b",
        "{model: d} | {model: d, parameters: {t: 1}} | mergekit's slerp ignores it",
        "{model: d} | {model: d, layer_range: [0, 1]} | models[1].layer_range is not supported",
        "{model: d} | {model: d+lora} | adapters",
        "base_model: b, | '' | base_model is missing",
        "models: [{model: b}, {model: d}], | '' | neither models nor slices",
      })
  void whatIsNotSupportedIsRefusedByName(String part, String changed, String expected) {
    assertTrue(WHOLE.contains(part));
    assertRefused(expected, () -> read(WHOLE.replace(part, changed)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0, 2]; [2, 5] | a range that ends at 4, the last layer",
        "[0, 2] | slices end at layer 2, expected 4",
        "[0, 2]; [3, 4] | a range that begins at 2; leaving out, repeating",
        "[0, 2]; [1, 4] | a range that begins at 2; leaving out, repeating",
        "[1, 4] | a range that begins at 0",
        "[2, 2] | expected [first layer, layer after the last]",
        "[0] | expected [first layer, layer after the last]",
        "[-1, 4] | expected a whole number from 0",
      })
  void slicesAreAllLayersOnceInTheirOrder(String ranges, String expected) {
    assertRefused(expected, () -> read(slices(ranges.split("; "))).schedule(4));
  }

  @Test
  void sourcesAreBothParentsAndTheSameLayers() {
    String whole = slices("[0, 4]");
    String donor = ", {model: d, layer_range: [0, 4]}";
    assertRefused("other than the base", () -> read(whole.replace(donor, "")));
    assertRefused("two sources", () -> read(whole.replace(donor, donor + donor)));
    assertRefused(
        "sources[1].layer_range is [1,5], expected [0, 4]",
        () -> read(whole.replace(donor, ", {model: d, layer_range: [1, 5]}")));
    assertRefused(
        "slices[0].residual_weight is not supported",
        () -> read(whole.replace("- sources", "- residual_weight: 1\n    sources")));
    assertRefused("at least one slice", () -> read(slices() + "  []\n"));
  }

  private static void assertRefused(String expected, Runnable reading) {
    InputException e = assertThrows(InputException.class, reading::run);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
