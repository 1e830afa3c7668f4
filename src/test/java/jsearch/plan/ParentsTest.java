package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParentsTest {
  @TempDir Path temp;

  @Test
  void aFineTuneFitsItsBaseInAnyFormatAndSharding() {
    TinyCheckpoint base = new TinyCheckpoint();
    TinyCheckpoint donor = new TinyCheckpoint().donor(2, 0.1).dtype(DType.BF16).shards(3);
    Parents parents = parents(base, donor);
    assertEquals(List.of(), parents.warnings());
    assertEquals(
        List.copyOf(new TreeSet<>(base.shapes().keySet())),
        parents.plan().blends().stream().map(blend -> blend.name().text()).toList());
    for (Blend blend : parents.plan().blends()) {
      String name = blend.name().text();
      assertEquals(
          List.of(parents.base().tensor(name), parents.donor().tensor(name)), tensors(blend));
    }
  }

  @Test
  void twoTiedParentsHaveNoHead() {
    Parents parents = parents(new TinyCheckpoint().tied(true), new TinyCheckpoint().tied(true));
    assertTrue(parents.plan().blend("lm_head.weight").isEmpty());
    assertEquals(List.of(), parents.warnings());
  }

  @Test
  void theEmbeddingOfATiedParentStandsInForItsHead() {
    Parents parents = parents(new TinyCheckpoint().tied(true), new TinyCheckpoint());
    assertEquals(
        List.of("model.embed_tokens.weight", "lm_head.weight"),
        tensors(parents.plan().blend("lm_head.weight").orElseThrow()).stream()
            .map(tensor -> tensor.name().text())
            .toList());
    assertEquals(
        List.of(
            temp.resolve("base")
                + " has no lm_head.weight: its embedding stands in, and the merge has a head of"
                + " its own."),
        parents.warnings());
  }

  @Test
  void otherShapesNameTheTensorBothShapesAndBothDirectories() {
    assertRefused(
        new TinyCheckpoint(),
        new TinyCheckpoint().intermediate(32),
        "The shapes differ: tensor model.layers.0.mlp.down_proj.weight is [16, 24] in "
            + temp.resolve("base")
            + ", but [16, 32] in "
            + temp.resolve("donor")
            + ".");
  }

  @Test
  void aWiderEmbeddingIsNotAnotherVocabulary() {
    String message = refusal(new TinyCheckpoint(), new TinyCheckpoint().hidden(32));
    assertTrue(
        message.startsWith("The shapes differ: tensor lm_head.weight is [264, 16]"), message);
  }

  @Test
  void aParentThatLacksTensorsIsNamedWithThem() {
    assertRefused(
        new TinyCheckpoint().layers(3).config("num_hidden_layers", 3),
        new TinyCheckpoint().layers(2).config("num_hidden_layers", 3),
        temp.resolve("donor")
            + " has no tensors of layer 2, expected names such as"
            + " model.layers.2.mlp.up_proj.weight.");
  }

  @ParameterizedTest
  @CsvSource({
    "model_type, qwen2, llama, qwen2",
    "num_attention_heads, 8, 4, 8",
    "num_key_value_heads, 4, 2, 4",
    "head_dim, 8, 4, 8",
    "hidden_act, gelu, silu, gelu"
  })
  void anotherArchitectureIsRefusedEvenWhereShapesAgree(
      String key, String value, String shown, String other) {
    Object json = value.matches("\\d+") ? (Object) Integer.valueOf(value) : value;
    assertRefused(
        new TinyCheckpoint(),
        new TinyCheckpoint().config(key, json),
        "%s differs: %s in %s, but %s in %s, expected the same."
            .formatted(key, shown, config("base"), other, config("donor")));
  }

  @Test
  void anotherNumberOfLayersIsToldBeforeMissingTensors() {
    String message = refusal(new TinyCheckpoint(), new TinyCheckpoint().layers(3));
    assertTrue(message.startsWith("num_hidden_layers differs: 2 in "), message);
  }

  @Test
  void absentHeadSettingsMeanTransformersDefaults() {
    Parents parents =
        parents(
            new TinyCheckpoint().heads(4, 4, 4),
            new TinyCheckpoint()
                .heads(4, 4, 4)
                .config("num_key_value_heads", null)
                .config("head_dim", null));
    assertEquals(List.of(), parents.warnings());
  }

  static Stream<Arguments> tolerated() {
    return Stream.of(
        Arguments.of("rope_theta", 500000.0, "10000", "500000"),
        Arguments.of("rms_norm_eps", 1e-6, "0.00001", "0.000001"),
        Arguments.of("max_position_embeddings", 256, "128", "256"));
  }

  @ParameterizedTest
  @MethodSource("tolerated")
  void aSettingThatFineTuningMayChangeIsAWarning(
      String key, Object value, String first, String second) {
    Parents parents = parents(new TinyCheckpoint(), new TinyCheckpoint().config(key, value));
    assertEquals(
        List.of(
            "%s differs: %s in %s, but %s in %s; the base's is used."
                .formatted(key, first, config("base"), second, config("donor"))),
        parents.warnings());
  }

  @Test
  void rotarySettingsOfTransformers4And5AreOne() {
    Map<String, Object> scaling = new LinkedHashMap<>();
    scaling.put("type", "linear");
    scaling.put("factor", 2);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("rope_theta", 10000);
    parameters.put("rope_type", "linear");
    parameters.put("factor", 2.0);
    TinyCheckpoint four = new TinyCheckpoint().config("rope_scaling", scaling);
    TinyCheckpoint five =
        new TinyCheckpoint().config("rope_theta", null).config("rope_parameters", parameters);
    assertEquals(List.of(), parents(four, five).warnings());
  }

  /** The whole tensors that a blend is made of. */
  private static List<TensorInfo> tensors(Blend blend) {
    return blend.inputs().stream()
        .map(input -> input.spans().get(0).tensor().orElseThrow())
        .toList();
  }

  private Path config(String parent) {
    return temp.resolve(parent).resolve("config.json");
  }

  private Parents parents(TinyCheckpoint base, TinyCheckpoint donor) {
    return Parents.of(
        Checkpoint.open(base.write(temp.resolve("base"))),
        Checkpoint.open(donor.write(temp.resolve("donor"))));
  }

  private String refusal(TinyCheckpoint base, TinyCheckpoint donor) {
    return assertThrows(InputException.class, () -> parents(base, donor)).getMessage();
  }

  private void assertRefused(TinyCheckpoint base, TinyCheckpoint donor, String message) {
    assertEquals(message, refusal(base, donor));
  }
}
