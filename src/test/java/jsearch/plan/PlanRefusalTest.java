package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes and parents that do not fit, and what is said of them. */
class PlanRefusalTest extends PlanFixture {
  @Test
  void rangesBeyondAModelNameItsLayers() {
    add("a").layers(4);
    assertRefused(
        "slices[1].sources[0].layer_range is [2,5], expected layers of a, which has 4",
        """
        merge_method: passthrough
        slices:
          - sources: [{model: a, layer_range: [0, 4]}]
          - sources: [{model: a, layer_range: [2, 5]}]
        """);
  }

  @Test
  void aMergeHasLayers() {
    add("a");
    assertRefused(
        "The slices have no layers, expected at least one.",
        "{merge_method: passthrough, slices: [{sources: [{model: a, layer_range: [0, 0]}]}]}");
  }

  @Test
  void modelsHaveEquallyManyLayersButSlicesNeedNot() {
    add("a").layers(2);
    add("b").layers(3);
    assertRefused(
        "num_hidden_layers differs: 2 in",
        "{merge_method: linear, models: [{model: a}, {model: b}], parameters: {weight: 1}}");
    MergePlan plan =
        plan(
            """
            merge_method: linear
            slices: [{sources: [{model: a, layer_range: [0, 2]}, {model: b, layer_range: [1, 3]}]}]
            parameters: {weight: 1}
            """);
    assertSum(plan, up(0), "a:%s + b:%s".formatted(up(0), up(1)), 0.5, 0.5);
    assertEquals(2, plan.layers());
  }

  @Test
  void everyModelIsComparedWithTheBase() {
    add("a");
    add("b");
    add("c").config("model_type", "qwen2");
    assertRefused(
        "model_type differs: llama in",
        "{merge_method: linear, models: [{model: a}, {model: b}, {model: c}], parameters: {weight: 1}}");
    add("c").config("rope_theta", 500000);
    MergePlan plan =
        plan(
            "{merge_method: linear, models: [{model: a}, {model: b}, {model: c}], parameters: {weight: 1}}");
    assertEquals(1, plan.warnings().size());
    assertTrue(plan.warnings().get(0).startsWith("rope_theta differs"), plan.warnings().get(0));
  }

  @Test
  void shapesThatDifferAreToldWithBothTensors() {
    add("a");
    add("b").intermediate(32);
    assertRefused(
        "tensor model.layers.0.mlp.down_proj.weight is [16, 24] in %s, but model.layers.1.mlp.down_proj.weight is [16, 32] in %s."
            .formatted(directory.resolve("a"), directory.resolve("b")),
        """
        merge_method: linear
        slices: [{sources: [{model: a, layer_range: [0, 1]}, {model: b, layer_range: [1, 2]}]}]
        parameters: {weight: 1}
        """);
  }

  @Test
  void aTensorThatOneSourceLacksIsTold() {
    add("a");
    add("b");
    withBias = "b";
    assertRefused(
        "%s lacks tensor model.layers.1.self_attn.q_proj.bias, expected it because %s has it."
            .formatted(directory.resolve("a"), directory.resolve("b")),
        "{merge_method: linear, models: [{model: a}, {model: b}], parameters: {weight: 1}}");
    MergePlan plan =
        plan(
            """
            merge_method: passthrough
            slices:
              - sources: [{model: b, layer_range: [1, 2]}]
              - sources: [{model: a, layer_range: [0, 2]}]
            """);
    assertSum(
        plan,
        "model.layers.0.self_attn.q_proj.bias",
        "b:model.layers.1.self_attn.q_proj.bias",
        1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slerp | t: [{filter: mlp, value: 1}] | No filter of parameters.t fits tensor lm_head.weight",
        "linear | weight: [{filter: norm, value: 1}] | No filter of parameters.weight fits tensor lm_head.weight of a",
        "linear | weight: 0 | The weights of tensor lm_head.weight are [0.0, 0.0], expected a sum",
        "linear | weight: [{filter: up_proj, value: 0}, {value: 1}] | The weights of tensor model.layers.0.mlp.up_proj.weight are",
      })
  void parametersThatFitNoTensorOrNotAllAreRefused(
      String method, String parameters, String expected) {
    add("a");
    add("b");
    String base = method.equals("slerp") ? "base_model: a, " : "";
    assertRefused(
        expected,
        "{merge_method: %s, %smodels: [{model: a}, {model: b}], parameters: {%s}}"
            .formatted(method, base, parameters));
  }

  @Test
  void aParentOfStrangeNamesIsToldByItsFirstLayer() {
    add("a").layers(1).config("num_hidden_layers", 2);
    assertRefused(
        "%s has no tensors of layer 1, expected names such as".formatted(directory.resolve("a")),
        "{merge_method: passthrough, models: [{model: a}]}");
  }
}
