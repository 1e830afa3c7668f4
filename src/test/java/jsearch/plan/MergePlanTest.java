package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jsearch.checkpoint.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans worked out by hand. */
class MergePlanTest extends PlanFixture {
  @Test
  void layersAreStackedInTheOrderOfTheSlices() {
    add("a").layers(3);
    add("b").layers(4);
    MergePlan plan =
        plan(
            """
            merge_method: passthrough
            slices:
              - sources: [{model: a, layer_range: [0, 2]}]
              - sources: [{model: b, layer_range: [3, 4]}]
              - sources: [{model: a, layer_range: [1, 3]}]
              - sources: [{model: b, layer_range: [0, 1]}]
            """);
    assertEquals(6, plan.layers());
    List<String> read = new ArrayList<>();
    for (int layer = 0; layer < 6; layer++) {
      read.add(inputs(blend(plan, up(layer))));
    }
    assertEquals(
        List.of("a:" + up(0), "a:" + up(1), "b:" + up(3), "a:" + up(1), "a:" + up(2), "b:" + up(0)),
        read);
    assertSum(plan, EMBEDDING, "a:" + EMBEDDING, 1.0);
    assertSum(plan, NORM, "b:" + NORM, 1.0);
    assertSum(plan, HEAD, "b:" + HEAD, 1.0);
    assertEquals(6 * 9 + 3, plan.tensors());
    assertEquals(List.of(), plan.warnings());
    assertEquals("a", plan.base().directory().getFileName().toString());
  }

  @Test
  void scalesAreFoundByTheSourcesOwnNames() {
    add("a").layers(3);
    MergePlan plan =
        plan(
            """
            merge_method: passthrough
            slices:
              - sources:
                  - model: a
                    layer_range: [1, 3]
                    parameters: {scale: [{filter: layers.2, value: 0}, {filter: up_proj, value: 3}]}
              - sources: [{model: a, layer_range: [2, 3]}]
            parameters: {scale: [{filter: down_proj, value: 0.5}]}
            """);
    assertSum(plan, up(0), "a:" + up(1), 3.0);
    assertSum(plan, up(1), "a:" + up(2), 0.0);
    assertSum(plan, up(2), "a:" + up(2), 1.0);
    String down = "model.layers.%d.mlp.down_proj.weight";
    assertSum(plan, down.formatted(0), "a:" + down.formatted(1), 0.5);
    assertSum(plan, down.formatted(2), "a:" + down.formatted(2), 0.5);
  }

  @Test
  void slerpHasTheBaseFirstAndMayBlendOtherLayersOfTheDonor() {
    add("a").layers(4);
    add("b").layers(6);
    MergePlan plan =
        plan(
            """
            merge_method: slerp
            base_model: b
            slices:
              - sources: [{model: a, layer_range: [1, 4]}, {model: b, layer_range: [3, 6]}]
              - sources: [{model: a, layer_range: [0, 1]}]
            parameters: {t: [0.2, 0.6]}
            """);
    assertEquals(4, plan.layers());
    assertEquals("b:" + up(4) + " + a:" + up(2), inputs(blend(plan, up(1))));
    assertEquals(new Mix.Slerp(0.2), blend(plan, up(0)).mix());
    assertEquals(0.4, ((Mix.Slerp) blend(plan, up(1)).mix()).t(), 1e-15);
    assertEquals(new Mix.Slerp(0.6), blend(plan, up(2)).mix());
    assertSum(plan, up(3), "a:" + up(0), 1.0);
    assertEquals(new Mix.Slerp(0.2), blend(plan, EMBEDDING).mix());
    assertSum(plan, HEAD, "a:" + HEAD, 1.0);
    assertEquals("b", plan.base().directory().getFileName().toString());
  }

  @Test
  void theHeadTakesNoMoreSourcesThanTheFirstSliceHasAndThatIsTold() {
    add("a");
    add("b");
    MergePlan plan =
        plan(
            """
            merge_method: slerp
            base_model: a
            slices:
              - sources: [{model: a, layer_range: [0, 1]}]
              - sources: [{model: b, layer_range: [1, 2]}, {model: a, layer_range: [1, 2]}]
            parameters: {t: 0.5}
            """);
    assertSum(plan, HEAD, "b:" + HEAD, 1.0);
    assertEquals(new Mix.Slerp(0.5), blend(plan, up(1)).mix());
    assertEquals(1, plan.warnings().size());
    assertTrue(
        plan.warnings().get(0).startsWith("The final norm and the head come from [b] alone"));
  }

  @Test
  void linearWeightsAreSharesUnlessTheyAreNotNormalised() {
    add("a");
    add("b");
    add("c");
    String models =
        """
        merge_method: linear
        models:
          - {model: a, parameters: {weight: 1}}
          - {model: b, parameters: {weight: [2, 4]}}
          - {model: c}
        parameters:
          weight: [{filter: mlp, value: 5}, {value: 1}]
        """;
    MergePlan plan = plan(models);
    String all = "a:%s + b:%<s + c:%<s";
    assertSum(plan, up(0), all.formatted(up(0)), 0.125, 0.25, 0.625); // 1, 2, 5
    assertSum(plan, up(1), all.formatted(up(1)), 0.1, 0.4, 0.5); // 1, 4, 5
    assertSum(plan, HEAD, all.formatted(HEAD), 0.25, 0.5, 0.25); // 1, 2, 1
    MergePlan sums = plan(models + "  normalize: [{filter: mlp, value: false}, {value: true}]\n");
    assertSum(sums, up(1), all.formatted(up(1)), 1.0, 4.0, 5.0);
    assertSum(sums, HEAD, all.formatted(HEAD), 0.25, 0.5, 0.25);
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 0.75", "3, -1, -0.5", "1, -1, 0.5", "0, 0, 0.5", "0, 2, 1"})
  void nuslerpGoesByTheSecondModelsShare(double first, double second, double t) {
    add("a");
    add("b");
    add("c");
    String yaml =
        """
        merge_method: nuslerp
        models:
          - {model: a, parameters: {weight: %s}}
          - {model: b, parameters: {weight: %s}}
        parameters: {nuslerp_flatten: true, nuslerp_row_wise: false}
        """
            .formatted(first, second);
    MergePlan plan = plan(yaml);
    assertEquals(new Mix.NuSlerp(t), blend(plan, up(1)).mix());
    assertEquals("a:%s + b:%<s".formatted(up(1)), inputs(blend(plan, up(1))));
    MergePlan relative = plan(yaml + "base_model: c\n");
    assertEquals(new Mix.NuSlerp(t), blend(relative, up(1)).mix());
    assertEquals("a:%s + b:%<s + c:%<s".formatted(up(1)), inputs(blend(relative, up(1))));
  }

  @Test
  void aTiedSourceGivesItsEmbeddingWhereAnotherHasAHead() {
    add("a").tied(true);
    add("b");
    add("c").tied(true);
    MergePlan plan =
        plan(
            "{merge_method: linear, models: [{model: a}, {model: b}, {model: c}], parameters: {weight: 1}}");
    assertEquals("a:%s + b:%s + c:%1$s".formatted(EMBEDDING, HEAD), inputs(blend(plan, HEAD)));
    assertEquals(2, plan.warnings().size());
    String tail =
        " has no lm_head.weight: its embedding stands in, and the merge has a head of its own.";
    assertEquals(directory.resolve("a") + tail, plan.warnings().get(0));
    assertEquals(directory.resolve("c") + tail, plan.warnings().get(1));
    MergePlan tied =
        plan("{merge_method: linear, models: [{model: a}, {model: c}], parameters: {weight: 1}}");
    assertEquals(Optional.empty(), tied.blend(HEAD));
    assertEquals(List.of(), tied.warnings());
  }

  /** dtype, out_dtype, formats of a and b, how they are read, how rounded and stored. */
  @ParameterizedTest
  @CsvSource({
    "slerp, , , BF16, F32, BF16, F32, BF16, BF16",
    "slerp, , float16, F32, BF16, F32, BF16, F32, F16",
    "slerp, float32, bfloat16, BF16, F16, F32, F32, F32, BF16",
    "linear, , , BF16, F32, BF16, F32, F32, F32",
    "linear, , , BF16, F16, BF16, F16, F32, F32",
    "linear, bfloat16, , F32, F64, BF16, BF16, BF16, BF16",
    "nuslerp, , float32, F16, F64, F16, F64, F64, F32",
    "nuslerp, , , BF16, BF16, BF16, BF16, BF16, BF16",
  })
  void formatsAreMergekits(
      String method,
      String dtype,
      String outDtype,
      DType a,
      DType b,
      DType readA,
      DType readB,
      DType rounded,
      DType stored) {
    add("a").dtype(a);
    add("b").dtype(b);
    String yaml =
        "merge_method: %s\nmodels: [{model: a}, {model: b}]\nparameters: {%s: 0.5}\n"
            .formatted(method, method.equals("slerp") ? "t" : "weight");
    yaml += method.equals("slerp") ? "base_model: a\n" : "";
    yaml += dtype == null ? "" : "dtype: %s\n".formatted(dtype);
    yaml += outDtype == null ? "" : "out_dtype: %s\n".formatted(outDtype);
    Blend blend = blend(plan(yaml), EMBEDDING);
    assertEquals(
        List.of(readA, readB), blend.inputs().stream().map(Input::format).toList(), "read");
    assertEquals(rounded, blend.rounded());
    assertEquals(stored, blend.stored());
  }

  @Test
  void ofDifferentVocabulariesTheCommonRowsAreMergedAndThatIsTold() {
    add("a").vocab(272);
    add("b");
    MergePlan plan =
        plan("{merge_method: slerp, base_model: a, models: [{model: b}], parameters: {t: 0.5}}");
    for (String name : List.of(EMBEDDING, HEAD)) {
      Blend blend = blend(plan, name);
      assertEquals(List.of(264L, 16L), blend.shape());
      for (Input input : blend.inputs()) {
        assertEquals(1, input.spans().size());
        assertEquals(0, input.spans().get(0).first());
        assertEquals(264 * 16, input.spans().get(0).count());
      }
    }
    assertEquals(264, blend(plan, EMBEDDING).shape().get(0));
    assertEquals(
        List.of(
            "The vocabularies differ: lm_head.weight has 264 rows in %s, but 272 in %s; the first 264 are merged."
                .formatted(directory.resolve("b"), directory.resolve("a"))),
        plan.warnings());
  }

  @Test
  void embeddingAndHeadOfDifferentModelsHaveAsManyRows() {
    add("a").vocab(272);
    add("b");
    MergePlan plan =
        plan(
            """
            merge_method: passthrough
            slices:
              - sources: [{model: a, layer_range: [0, 1]}]
              - sources: [{model: b, layer_range: [1, 2]}]
            """);
    assertEquals(List.of(264L, 16L), blend(plan, EMBEDDING).shape());
    assertEquals(List.of(264L, 16L), blend(plan, HEAD).shape());
    assertEquals(264, blend(plan, EMBEDDING).shape().get(0));
    assertEquals(1, plan.warnings().size());
  }

  @Test
  void tBeyondTheParentsIsTold() {
    add("a");
    add("b");
    MergePlan plan =
        plan(
            "{merge_method: slerp, base_model: a, models: [{model: b}], parameters: {t: [{filter: mlp, value: [1, 1.5]}, {value: 0.5}]}}");
    assertEquals(new Mix.Slerp(1.5), blend(plan, up(1)).mix());
    assertEquals(
        List.of(
            "t is 1.5 for tensor model.layers.1.mlp.down_proj.weight, outside [0, 1]: 3 of 21"
                + " tensors extrapolate, as in mergekit."),
        plan.warnings());
  }

  @Test
  void aFilterThatFitsNoTensorIsToldOnce() {
    add("a");
    add("b");
    MergePlan plan =
        plan(
            """
            merge_method: linear
            parameters: {weight: [{filter: self_atn, value: 3}, {value: 1}], normalize: {filter: nrm, value: false}}
            slices:
              - sources: [{model: a, layer_range: [0, 1]}, {model: b, layer_range: [0, 1]}]
              - sources: [{model: a, layer_range: [1, 2]}, {model: b, layer_range: [1, 2]}]
            """);
    assertEquals(
        List.of(
            "parameters.normalize.filter is \"nrm\", which no tensor's name contains: the rule has no"
                + " effect. Maybe you mean norm.",
            "parameters.weight[0].filter is \"self_atn\", which no tensor's name contains: the rule has"
                + " no effect. Maybe you mean self_attn."),
        plan.warnings().stream().map(MergePlanTest::withoutFile).toList());
    String q = "model.layers.1.self_attn.q_proj.weight";
    assertSum(plan, q, "a:%s + b:%<s".formatted(q), 0.5, 0.5);
  }

  private static String withoutFile(String sentence) {
    return sentence.substring(sentence.indexOf(": ") + 2);
  }

  @Test
  void linesWithoutEffectAreToldBeforeTheMerge() {
    add("a");
    add("b");
    MergePlan plan =
        plan(
            "{merge_method: slerp, base_model: a, models: [{model: b, parameters: {t: 1}}], parameters: {t: 0.5, int8_mask: true}}");
    assertEquals(new Mix.Slerp(0.5), blend(plan, up(1)).mix());
    assertEquals(1, plan.warnings().size());
    assertTrue(plan.warnings().get(0).contains("models[0].parameters.t is ignored"));
    assertEquals(1, plan.notes().size());
    assertTrue(plan.notes().get(0).contains("parameters.int8_mask is ignored"));
  }

  @Test
  void aSliceOfNoLayersGivesWhatIsOutsideThem() {
    add("a");
    add("b");
    add("c");
    MergePlan plan =
        plan(
            """
            merge_method: passthrough
            slices:
              - sources: [{model: a, layer_range: [9, 9]}]
              - sources: [{model: b, layer_range: [0, 2]}]
              - sources: [{model: c, layer_range: [1, 1]}]
            """);
    assertEquals(2, plan.layers());
    assertEquals("a:" + EMBEDDING, inputs(blend(plan, EMBEDDING)));
    assertEquals("b:" + up(1), inputs(blend(plan, up(1))));
    assertEquals("c:" + HEAD, inputs(blend(plan, HEAD)));
    String tail = " has no layers in it: the slice adds none, as in mergekit.";
    assertEquals(
        List.of(
            "slices[0].sources[0].layer_range" + tail, "slices[2].sources[0].layer_range" + tail),
        plan.warnings().stream().map(MergePlanTest::withoutFile).toList());
  }

  @Test
  void aFilterOfTheHeadIsFineWhereItIsTied() {
    add("a").tied(true);
    add("b").tied(true);
    MergePlan plan =
        plan(
            "{merge_method: slerp, base_model: a, models: [{model: b}], parameters: {t: [{filter: lm_head, value: 1}, {value: 0.5}]}}");
    assertEquals(20, plan.tensors());
  }

  @Test
  void rowsFollowTheTokensThatTheRecipeAsksFor() {
    add("a"); // 264 rows, 259 tokens
    add("b").vocab(200); // the first 200 of them
    String yaml =
        "{merge_method: linear, models: [{model: a}, {model: b}], parameters: {weight: 1}%s}";
    assertEquals(259, rows(plan(yaml.formatted(""))));
    assertEquals(259, rows(plan(yaml.formatted(", tokenizer_source: base"))));
    assertEquals(259, rows(plan(yaml.formatted(", tokenizer_source: union"))));
    assertEquals(200, rows(plan(yaml.formatted(", tokenizer_source: b"))));
  }

  private static long rows(MergePlan plan) {
    return blend(plan, EMBEDDING).shape().get(0);
  }
}
