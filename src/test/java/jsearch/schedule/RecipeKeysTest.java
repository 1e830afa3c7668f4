package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines without effect: mergekit 0.1.5 makes the same weights with and without each of them. */
class RecipeKeysTest {
  private static final String SLERP =
      "{merge_method: slerp, base_model: b, models: [{model: b}, {model: d}], parameters: {t: 0.5}}";

  private static MergeRecipe read(String yaml) {
    return RecipeReader.read(yaml, Document.yaml("r.yaml", yaml));
  }

  private static List<String> warnings(String yaml) {
    return read(yaml).remarks().warnings();
  }

  private static List<String> notes(String yaml) {
    return read(yaml).remarks().notes();
  }

  @ParameterizedTest
  @CsvSource({"name: second", "name: {a: 1}", "modules: {}", "modules: null", "revision: null"})
  void labelsAndWhatIsEmptyNeedNoWord(String line) {
    MergeRecipe read = read(SLERP.replace("base_model", line + ", base_model"));
    assertEquals(new Remarks(List.of(), List.of()), read.remarks());
  }

  /** Each row puts one thing into a good recipe. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t: 0.5 | t: 0.5, int8_mask: true | parameters.int8_mask is ignored, as in mergekit: it saves mergekit memory and changes no weight.",
        "t: 0.5 | t: 0.5, normalize: true | parameters.normalize is ignored, as in mergekit: slerp does not read it.",
        "t: 0.5 | t: 0.5, density: [0.1] | parameters.density is ignored, as in mergekit: slerp does not read it.",
        "{model: d} | {model: d, parameters: {weight: 0.9}} | models[1].parameters.weight is ignored, as in mergekit: slerp does not read it.",
        "[{model: b}, {model: d}] | [{model: b, parameters: {weight: 0.9}}, {model: d, parameters: {weight: 0.1}}] | models[0].parameters.weight (and 1 like it) is ignored, as in mergekit: slerp does not read it.",
      })
  void parametersOfOtherMethodsAreNoted(String part, String changed, String expected) {
    String yaml = SLERP.replace(part, changed);
    assertEquals(List.of("r.yaml: " + expected), notes(yaml));
    assertEquals(List.of(), warnings(yaml));
  }

  /** Each row puts one thing into a good recipe. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "base_model: b | base_model: b, dtpye: float16 | dtpye is ignored, as in mergekit. Maybe you mean dtype.",
        "base_model: b | base_model: b, description: x | description is ignored, as in mergekit.",
        "base_model: b | base_model: b, 7: x | 7 is ignored, as in mergekit.",
        "base_model: b | base_model: b, int8_mask: true | int8_mask is ignored, as in mergekit. Maybe it belongs under parameters.",
        "t: 0.5 | t: 0.5, weigth: 0.5 | parameters.weigth is ignored, as in mergekit. Maybe you mean weight.",
        "t: 0.5 | t: 0.5, embed_slerp: true | parameters.embed_slerp is ignored, as in mergekit.",
        "t: 0.5 | t: [{value: 0.5, filtre: mlp}] | parameters.t[0].filtre is ignored, as in mergekit. Maybe you mean filter.",
        "{model: d} | {model: d, layer_range: [0, 1]} | models[1].layer_range is ignored, as in mergekit.",
        "{model: d} | {model: d, weight: 0.5} | models[1].weight is ignored, as in mergekit. Maybe it belongs under parameters.",
        "{model: d} | {model: d, parameters: {t: 1}} | models[1].parameters.t is ignored, as in mergekit. Maybe move it to the parameters of the recipe or of a slice.",
      })
  void whatMayBeASlipIsWarnedOf(String part, String changed, String expected) {
    String yaml = SLERP.replace(part, changed);
    assertEquals(List.of("r.yaml: " + expected), warnings(yaml));
    assertEquals(List.of(), notes(yaml));
    assertEquals(read(SLERP).slices().get(0).t().rules().get(0).anchors(), List.of(0.5));
  }

  @Test
  void everyMethodHasItsOwnParameters() {
    String linear =
        "{merge_method: linear, models: [{model: x, parameters: {weight: 1, wieght: 2, normalize: true}}], parameters: {t: 1}}";
    assertEquals(
        List.of(
            "r.yaml: models[0].parameters.wieght is ignored, as in mergekit. Maybe you mean weight.",
            "r.yaml: models[0].parameters.normalize is ignored, as in mergekit. Maybe move it to the"
                + " parameters of the recipe or of a slice."),
        warnings(linear));
    assertEquals(
        List.of("r.yaml: parameters.t is ignored, as in mergekit: linear does not read it."),
        notes(linear));
    String slices =
        """
        merge_method: passthrough
        slices:
          - residual_weight: 0.5
            sources: [{model: x, layer_range: [0, 1], parameters: {weight: 1}, layer_rang: 3}]
        """;
    assertEquals(
        List.of(
            "r.yaml: slices[0].residual_weight is ignored, as in mergekit.",
            "r.yaml: slices[0].sources[0].layer_rang is ignored, as in mergekit. Maybe you mean"
                + " layer_range."),
        warnings(slices));
  }

  private static String fault(String yaml) {
    return assertThrows(InputException.class, () -> read(yaml)).getMessage();
  }

  @Test
  void aRevisionIsRefusedWithTheNameThatMeansIt() {
    String expected =
        """
        r.yaml: models[1].revision is ignored by mergekit, which reads it only behind the model's name.
        Maybe write model: d@v2""";
    assertEquals(expected, fault(SLERP.replace("{model: d}", "{model: d, revision: v2}")));
    String slices =
        "{merge_method: passthrough, slices: [{sources: [{model: x, revision: 7, layer_range: [0, 2]}]}]}";
    assertTrue(fault(slices).endsWith("Maybe write model: x@7"), fault(slices));
  }

  @Test
  void whatMeansAnotherMergeIsRefused() {
    assertEquals(
        "r.yaml: modules is not supported here.",
        fault(
            SLERP.replace(
                "models: [{model: b}, {model: d}]", "modules: {default: {models: [{model: b}]}}")));
  }

  @Test
  void whereTheOnlyTIsAModelsOwnItsRightPlaceIsNamed() {
    String yaml =
        "{merge_method: slerp, base_model: b, models: [{model: d, parameters: {t: 0.5}}]}";
    assertEquals(
        """
        r.yaml: parameters.t is missing.
        Maybe move r.yaml: models[0].parameters.t to the parameters of the recipe or of a slice: \
        slerp ignores it where it is.""",
        fault(yaml));
  }
}
