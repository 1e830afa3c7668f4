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

  @ParameterizedTest
  @ValueSource(strings = {"ramp", "v-curve"})
  void ourOwnRecipesReadBackBitForBit(String family) {
    Family space = Family.load(Path.of("search-spaces", family + ".yaml"));
    Random random = new Random(11);
    for (int layers : List.of(1, 2, 5, 30)) {
      List<Double> point = Stream.generate(random::nextDouble).limit(6).toList();
      Schedule schedule = space.schedule(point, layers);
      MergeRecipe read = read(new Recipe("", "x/b", "d", DType.F16, schedule).yaml());
      assertEquals(List.of("x/b", "d"), read.models());
      assertEquals(Optional.of(DType.F32), read.dtype());
      assertEquals(Optional.of(DType.F16), read.outDtype());
      assertEquals(Optional.empty(), read.tokenizer());
      Setting t = read.slices().get(0).t();
      for (TensorName name : Tensors.all(layers)) {
        int layer = name.layer().orElse(0);
        assertEquals(schedule.t(name), value(t, name, new Position(layer, layers)), name.text());
      }
    }
  }

  private static double value(Setting setting, TensorName name, Position position) {
    return setting.at(name, position).orElseThrow();
  }

  @Test
  void theBaseIsNamedByBaseModelWhateverTheOrder() {
    String models = "{merge_method: slerp, base_model: b, models: %s, parameters: {t: 0.5}}";
    for (String order :
        List.of("[{model: d}, {model: b}]", "[{model: b}, {model: d}]", "[{model: d}]")) {
      MergeRecipe read = read(models.formatted(order));
      assertEquals("b", read.base());
      assertEquals(List.of("b", "d"), read.models());
      assertEquals(2, read.slices().get(0).sources().size());
      assertEquals(Optional.empty(), read.dtype());
      assertEquals(Optional.empty(), read.tokenizer());
      assertEquals(Optional.empty(), read.chatTemplate());
    }
  }

  @Test
  void withoutABaseTheFirstModelIsIt() {
    MergeRecipe read =
        read(
            """
            merge_method: linear
            models: [{model: y}, {model: x}]
            parameters: {weight: 1}
            tokenizer_source: base
            chat_template: chatml
            """);
    assertEquals(MergeMethod.LINEAR, read.method());
    assertEquals(Optional.empty(), read.baseModel());
    assertEquals(List.of("y", "x"), read.models());
    assertEquals(Optional.of(new TokenizerSource.Model("y")), read.tokenizer());
    assertEquals(Optional.of("chatml"), read.chatTemplate());
  }

  @ParameterizedTest
  @CsvSource({"base, b", "b, b", "d, d"})
  void theTokenizersSourceIsAModel(String word, String model) {
    MergeRecipe read =
        read(WHOLE.replace("models:", "tokenizer_source: %s, models:".formatted(word)));
    assertEquals(Optional.of(model), read.tokenizer().orElseThrow().model());
  }

  @Test
  void aUnionOfTokensHasNoModel() {
    MergeRecipe read = read(WHOLE.replace("models:", "tokenizer_source: union, models:"));
    assertEquals(new TokenizerSource.Union(), read.tokenizer().orElseThrow());
    assertEquals(Optional.empty(), read.tokenizer().orElseThrow().model());
  }

  @Test
  void theNearestPlaceWhoseFilterFitsDecides() {
    MergeRecipe.Slice slice =
        read("""
                merge_method: linear
                parameters: {weight: 0.9}
                slices:
                  - parameters: {weight: [{filter: self_attn, value: 0.3}]}
                    sources:
                      - {model: x, layer_range: [0, 2], parameters: {weight: [{filter: mlp, value: [0.1, 0.2]}]}}
                      - {model: y, layer_range: [1, 3]}
                """)
            .slices()
            .get(0);
    Setting x = slice.sources().get(0).factor();
    Setting y = slice.sources().get(1).factor();
    Position last = new Position(1, 2);
    assertEquals(0.2, value(x, Tensors.mlp(1), last));
    assertEquals(0.3, value(x, Tensors.attention(1), last));
    assertEquals(0.9, value(x, Tensors.norm(1), last));
    assertEquals(0.9, value(y, Tensors.mlp(2), last));
    assertEquals(0.3, value(y, Tensors.attention(2), last));
    assertEquals(1, slice.sources().get(1).range().orElseThrow().begin());
  }

  @Test
  void aListSpreadsOverItsSliceAndItsFirstValueOverTheRest() {
    Setting t = read(WHOLE.replace("0.5", "[0.2, 0.6, 0.4]")).slices().get(0).t();
    assertEquals(0.4, value(t, Tensors.mlp(0), new Position(1, 5)), 1e-15);
    assertEquals(0.6, value(t, Tensors.mlp(0), new Position(2, 5)));
    assertEquals(0.5, value(t, Tensors.mlp(0), new Position(3, 5)), 1e-15);
    assertEquals(0.4, value(t, Tensors.mlp(0), new Position(0, 1)));
    assertEquals(0.2, value(t, Tensors.HEAD, Position.FIRST));
  }

  @Test
  void whereNoFilterFitsThereIsNoValue() {
    Setting t = read(WHOLE.replace("0.5", "{filter: mlp, value: 0.5}")).slices().get(0).t();
    assertEquals(0.5, value(t, Tensors.mlp(0), Position.FIRST));
    assertTrue(t.at(Tensors.attention(0), Position.FIRST).isEmpty());
  }

  @Test
  void numbersBeyondTheParentsAreRead() {
    Setting t = read(WHOLE.replace("0.5", "[-0.25, 1e-3, 1.5]")).slices().get(0).t();
    assertEquals(List.of(-0.25, 0.001, 1.5), t.rules().get(0).anchors());
  }

  /** Each row changes one thing of a good recipe; the message names it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slerp | dare_ties | merge_method is \"dare_ties\", expected slerp, linear, passthrough, nuslerp",
        "slerp | SLERP | merge_method is \"SLERP\", expected slerp",
        "t: 0.5} | t: 0.5}, chat_template: {} | chat_template is {}, expected a string",
        "t: 0.5} | t: 0.5}, tokenizer: {tokens: {w: {source: b}}} | tokenizer.tokens is not supported",
        "t: 0.5} | t: 0.5}, modules: {a: {}} | modules is not supported",
        "t: 0.5} | t: 0.5}, dtype: int8 | dtype is \"int8\", expected",
        "t: 0.5} | t: 0.5}, out_dtype: 8 | out_dtype is 8, expected",
        "t: 0.5} | t: 0.5}, tokenizer_source: c | \"c\", expected base, union or one of the models [b, d]",
        "t: 0.5} | t: 0.5}, slices: [{sources: []}] | both models and slices",
        "t: 0.5 | t: 1e39 | expected a number from -3.4e38 to 3.4e38",
        "t: 0.5 | t: 1e999 | expected a number",
        "t: 0.5 | t: .nan | Malformed numeric value",
        "t: 0.5 | t: [] | parameters.t is missing",
        "t: 0.5 | t: [0, [1]] | parameters.t[1] is [1], expected a number",
        "t: 0.5 | t: half | parameters.t is \"half\"",
        "t: 0.5 | t: null | parameters.t is missing",
        "t: 0.5 | t: {filter: a} | parameters.t.value is missing",
        "t: 0.5 | t: {filter: 1, value: 1} | parameters.t.filter is 1, expected a string",
        "t: 0.5 | weight: 0.5 | parameters.t is missing",
        "t: 0.5 | t: 0.5, t: 0.6 | Duplicate field 't'",
        "parameters: {t: 0.5} | dtype: float32 | parameters.t is missing",
        "parameters: {t: 0.5} | parameters: [t] | parameters is [\"t\"], expected a mapping",
        "{model: d} | {model: d}, {model: e} | models[2].model is \"e\", expected the base b or the donor d",
        "{model: d} | {model: d}, {model: d} | expected each model once",
        "{model: d} | {model: b} | expected each model once",
        "', {model: d}' | '' | expected a model other than the base b",
        "{model: d} | {model: d+lora} | adapters",
        "{model: d} | {model: {path: d}} | models[1].model is {\"path\":\"d\"}, expected a string such as org/name",
        "{model: d} | null | models[1] is null, expected a mapping",
        "[{model: b}, {model: d}] | [] | models is [], expected at least one model",
        "'base_model: b,' | '' | base_model is missing",
        "'models: [{model: b}, {model: d}],' | '' | neither models nor slices",
        "'base_model: b,' | 'slices: [],' | base_model is missing",
        "base_model: b | base_model: &x b, dtype: *x | dtype is \"b\", expected float32",
      })
  void whatIsNotSupportedIsRefusedByName(String part, String changed, String expected) {
    assertTrue(WHOLE.contains(part));
    assertRefused(expected, () -> read(WHOLE.replace(part, changed)));
  }

  /** Slices of a method's recipe (sources only) and what is wrong with them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slerp | | at least one slice",
        "slerp | {} | slices[0].sources is missing",
        "slerp | {sources: []} | slices[0].sources is [], expected at least one source",
        "slerp | {sources: [B 2, D 2, E 2]} | sources[2].model is \"e\", expected the base b or the donor d",
        "slerp | {sources: [D 2, E 2]} | sources[1].model is \"e\", expected the base b or the donor d",
        "slerp | {sources: [B 2, B 3]} | expected each model once",
        "slerp | {sources: [B 2, D 3]} | sources[1].layer_range is [0,3], expected 2 layers as [0, 2] of b",
        "linear | {sources: [B 2, D 2, E 1]} | sources[2].layer_range is [0,1], expected 2 layers",
        "slerp | {sources: [{model: b}]} | sources[0].layer_range is missing",
        "slerp | {sources: [{model: b, layer_range: 3}]} | layer_range is 3, expected a list",
        "slerp | {sources: [{model: b, layer_range: [3, 2]}]} | expected [first layer, layer after",
        "slerp | {sources: [{model: b, layer_range: [0]}]} | expected [first layer, layer after",
        "slerp | {sources: [{model: b, layer_range: [-1, 4]}]} | expected a whole number from 0",
        "slerp | {sources: [{model: b, layer_range: [0, 1.5]}]} | is 1.5, expected a whole number",
        "slerp | {sources: [{model: b, layer_range: [0, 99999999999]}]} | expected a whole number from 0",
        "passthrough | {sources: [B 2, D 2]} | expected one model",
        "nuslerp | {sources: [B 2, D 2]} | expected two models beside the base b, their origin",
        "nuslerp | {sources: [D 2, E 2]} | expected two models beside the base b, their origin",
      })
  void slicesAreWhatTheMethodMerges(String method, String slices, String expected) {
    String whole =
        "{merge_method: %s, base_model: b, slices: [%s], parameters: {%s: 0.5}}"
            .formatted(
                method,
                slices == null
                    ? ""
                    : slices.replaceAll("([BDE]) (\\d)", "{model: $1, layer_range: [0, $2]}"),
                switch (method) {
                  case "slerp" -> "t";
                  case "passthrough" -> "scale";
                  default -> "weight";
                })
            .replace("model: B", "model: b")
            .replace("model: D", "model: d")
            .replace("model: E", "model: e");
    assertRefused(expected, () -> read(whole));
  }

  /** The rest of a recipe of a method, and what is wrong with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linear | models: [{model: x}] | models: parameters.weight is missing for model x",
        "linear | models: [{model: x, parameters: {weight: 1}}], base_model: b | missing for model b",
        "linear | models: [{model: x}], parameters: {weight: 1, normalize: 2} | expected true or false",
        "passthrough | models: [{model: x}, {model: y}] | expected one model",
        "passthrough | models: [{model: x}], base_model: b | expected one model, and no other base",
        "nuslerp | models: [{model: x}], parameters: {weight: 1} | expected two models",
        "nuslerp | models: [{model: x}, {model: y}, {model: z}], parameters: {weight: 1} | two models",
        "nuslerp | models: [{model: b}, {model: y}], base_model: b, parameters: {weight: 1} | beside the base b",
        "nuslerp | models: [{model: x}, {model: y}], parameters: {weight: 1, nuslerp_flatten: false} | parameters.nuslerp_flatten is false, expected true",
        "nuslerp | models: [{model: x}, {model: y}], parameters: {weight: 1, nuslerp_row_wise: true} | expected false",
        "nuslerp | models: [{model: x}, {model: y}] | parameters.weight is missing for model x",
      })
  void aMethodHasItsModelsAndParameters(String method, String rest, String expected) {
    assertRefused(expected, () -> read("{merge_method: %s, %s}".formatted(method, rest)));
  }

  @Test
  void everySliceHasItsT() {
    String slices =
        """
        merge_method: slerp
        base_model: b
        slices:
          - sources: [{model: b, layer_range: [0, 1]}]
            parameters: {t: 0.5}
          - sources: [{model: b, layer_range: [1, 2]}]
        """;
    assertRefused("slices[1]: parameters.t is missing", () -> read(slices));
    assertEquals(2, read(slices + "parameters: {t: 0}\n").slices().size());
  }

  private static void assertRefused(String expected, Runnable reading) {
    InputException e = assertThrows(InputException.class, reading::run);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
