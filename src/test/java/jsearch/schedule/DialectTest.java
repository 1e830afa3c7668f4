package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of values that mergekit 0.1.5 takes, each tried with it on tiny checkpoints. */
class DialectTest {
  private static final String SLERP =
      "{merge_method: slerp, base_model: b, models: [{model: b}, {model: d}], parameters: {t: 0.5}}";
  private static final String LINEAR =
      "{merge_method: linear, models: [{model: x}], parameters: {weight: 1, normalize: %s}}";
  private static final String STACK =
      "{merge_method: passthrough, slices: [{sources: [{model: x, layer_range: %s}]}]}";

  private static MergeRecipe read(String yaml) {
    return RecipeReader.read(yaml, Document.yaml("r.yaml", yaml));
  }

  private static MergeRecipe with(String part, String changed) {
    assertTrue(SLERP.contains(part), part);
    return read(SLERP.replace(part, changed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | 1",
        "false | 0",
        "yes | 1",
        "\"0.3\" | 0.3",
        "\" 1e-1 \" | 0.1",
        "1e-1 | 0.1",
        "'[true, \"0.5\"]' | 1, 0.5",
        "{value: \"0.25\"} | 0.25",
      })
  void numbersAreReadFromTruthValuesAndStrings(String value, String anchors) {
    Setting t = with("0.5", value).slices().get(0).t();
    List<Double> expected = List.of(anchors.split(", ")).stream().map(Double::valueOf).toList();
    assertEquals(expected, t.rules().get(0).anchors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "\"\"", "\"0x1\"", "\"nan\"", "\"1e39\"", "\"1e999999\""})
  void otherStringsAreNoNumbers(String value) {
    assertThrows(InputException.class, () -> with("0.5", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "0", "0.0", "\"no\"", "\"False\"", "n", "off", "\"0\"", "[0]"})
  void truthValuesAreReadFromNumbersAndWords(String value) {
    Setting normalize = read(LINEAR.formatted(value)).slices().get(0).normalize();
    assertEquals(0, normalize.at(Tensors.HEAD, Position.FIRST).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0.5", "\"x\"", "[0.5]"})
  void otherNumbersAreNoTruthValues(String value) {
    assertThrows(InputException.class, () -> read(LINEAR.formatted(value)));
  }

  /** mergekit takes the value at the rounded down index, not one between two. */
  @Test
  void aListOfTruthValuesIsSteps() {
    Setting normalize = read(LINEAR.formatted("[false, true, true]")).slices().get(0).normalize();
    List<Double> values =
        List.of(0, 1, 2, 3, 4).stream()
            .map(layer -> normalize.at(Tensors.mlp(layer), new Position(layer, 5)).orElseThrow())
            .toList();
    assertEquals(List.of(0.0, 0.0, 1.0, 1.0, 1.0), values);
  }

  @Test
  void anEmptyListGivesNothing() {
    String slices =
        """
        merge_method: slerp
        base_model: b
        parameters: {t: 0.3}
        slices:
          - sources: [{model: b, layer_range: [0, 1]}, {model: d, layer_range: [0, 1]}]
            parameters: {t: []}
        """;
    Setting t = read(slices).slices().get(0).t();
    assertEquals(0.3, t.at(Tensors.HEAD, Position.FIRST).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 3] | 1 | 2",
        "[\"1\", \" 3\"] | 1 | 2",
        "[1.0, 3.0] | 1 | 2",
        "[0, 0] | 0 | 0",
        "[2, 2] | 2 | 0",
      })
  void rangesAreWholeNumbersAndMayBeEmpty(String range, int begin, int layers) {
    MergeRecipe.Range read =
        read(STACK.formatted(range)).slices().get(0).sources().get(0).range().orElseThrow();
    assertEquals(begin, read.begin());
    assertEquals(layers, read.layers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{model: d} | d",
        "{model: {path: d}} | d",
        "{model: {path: org/d, revision: v2}} | org/d@v2",
        "org/d@v2 | org/d@v2",
      })
  void modelsMayBeMappings(String model, String name) {
    MergeRecipe read = with("{model: d}", "{model: %s}".formatted(model));
    assertEquals(List.of("b", name), read.models());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{model: d, lora: l} | models[1].model.lora is not supported",
        "{model: d, override_architecture: A} | models[1].model.override_architecture is not",
        "{model: {revision: v2}} | models[1].model.model.path is missing",
        "{model: [d]} | models[1].model.model is [\"d\"], expected a string",
      })
  void adaptersAndOtherArchitecturesAreRefused(String model, String expected) {
    InputException e =
        assertThrows(
            InputException.class, () -> with("{model: d}", "{model: %s}".formatted(model)));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"slices: []", "slices: null", "dtype: ''", "out_dtype: ''", "chat_template: ''"})
  void emptyValuesAreNone(String line) {
    MergeRecipe read = with("base_model", line + ", base_model");
    assertEquals(List.of("b", "d"), read.models());
    assertEquals(Optional.empty(), read.dtype());
    assertEquals(Optional.empty(), read.outDtype());
    assertEquals(Optional.empty(), read.chatTemplate());
  }

  @Test
  void formatsMayBeTorchs() {
    assertEquals(
        Optional.of(DType.BF16), with("base_model", "dtype: torch.bfloat16, base_model").dtype());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokenizer: {source: base} | b",
        "tokenizer: {source: d, pad_to_multiple_of: 1, tokens: {}} | d",
        "tokenizer: {source: {model: {path: d}}, tokens: null} | d",
        "tokenizer: {source: union} |",
        "tokenizer: {} |",
        "tokenizer_source: {model: d} | d",
      })
  void theTokenizersSourceMayBeAMapping(String line, String model) {
    TokenizerSource read = with("base_model", line + ", base_model").tokenizer().orElseThrow();
    assertEquals(Optional.ofNullable(model), read.model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokenizer: {source: base, pad_to_multiple_of: 8} | pad_to_multiple_of is 8, expected 1",
        "tokenizer: {tokens: {w: {source: b}}} | tokenizer.tokens is not supported",
        "tokenizer: {source: c} | tokenizer.source is \"c\", expected base, union or one of",
        "tokenizer: {source: b}, tokenizer_source: b | both tokenizer_source and tokenizer",
      })
  void whatATokenizerMayNotSayIsRefusedByName(String line, String expected) {
    InputException e =
        assertThrows(InputException.class, () -> with("base_model", line + ", base_model"));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "self_atn | Maybe you mean self_attn.",
        "MLP | Maybe you mean mlp.",
        "modelnorm | Maybe you mean model.norm.",
        "self_attn.* | Maybe you mean self_attn.",
        "layer_norm | Maybe you mean layernorm.",
        "visual |",
        "layers.7 |",
      })
  void aFilterThatFitsNoNameIsToldWithNearMisses(String filter, String advice) {
    Setting t =
        with("0.5", "[{filter: \"%s\", value: 1}, {value: 0}]".formatted(filter))
            .slices()
            .get(0)
            .t();
    assertEquals(
        List.of(
            "r.yaml: parameters.t[0].filter is \"%s\", which no tensor's name contains: the rule has no effect.%s"
                .formatted(filter, advice == null ? "" : " " + advice)),
        t.unmatched(Tensors.all(2)));
  }

  @Test
  void aSliceMayHaveItsOwnBase() {
    String slices =
        """
        merge_method: slerp
        parameters: {t: 0.3}
        slices:
          - base_model: {model: d}
            sources: [{model: b, layer_range: [0, 1]}, {model: d, layer_range: [0, 1]}]
          - sources: [{model: b, layer_range: [1, 2]}, {model: d, layer_range: [1, 2]}]
        """;
    MergeRecipe read = read(slices + "base_model: b\n");
    assertEquals(Optional.of("d"), read.slices().get(0).base());
    assertEquals(Optional.of("b"), read.slices().get(1).base());
    assertEquals("b", read.base());
    InputException e = assertThrows(InputException.class, () -> read(slices));
    assertTrue(e.getMessage().contains("base_model is missing"), e.getMessage());
  }
}
