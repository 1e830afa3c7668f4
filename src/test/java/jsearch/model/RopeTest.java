package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotary frequencies against transformers' own, by rope.json, and against published formulas. */
class RopeTest {
  private static Map<String, Object> complete(Map<String, Object> keys) {
    Map<String, Object> all = new HashMap<>(keys);
    all.put("vocab_size", 7);
    all.put("intermediate_size", 7);
    all.put("num_hidden_layers", 1);
    all.put("rms_norm_eps", 1e-6);
    return all;
  }

  private static DecoderConfig config(Map<String, Object> keys) {
    return DecoderConfig.of(Document.json("config.json", Writer.json(complete(keys))));
  }

  private static Rope read(Map<String, Object> keys) {
    return config(keys).rotation().tables().get(0);
  }

  private static Map<String, Object> llama(Map<String, Object> scaling) {
    return Map.of(
        "model_type", "llama",
        "hidden_size", 32,
        "num_attention_heads", 4,
        "max_position_embeddings", 64,
        "rope_scaling", scaling);
  }

  private static Rope scaled(Map<String, Object> scaling) {
    return read(llama(scaling));
  }

  static Stream<Document> cases() {
    return Document.json(TinyModel.resource("rope.json")).at("cases").items().stream();
  }

  /** As the program computes them for a text of this length. */
  private static double[] frequencies(Rope rope, int length) {
    boolean over = rope.reach() > 0 && length > rope.reach();
    float[] table = over && rope.growth() == 0 ? rope.beyond() : rope.frequencies();
    double[] found = new double[table.length];
    double stretch = over ? rope.growth() * length / rope.reach() - (rope.growth() - 1) : 1;
    for (int i = 0; i < table.length; i++) {
      found[i] = table[i] * (over && rope.growth() > 0 ? grown(stretch, i, table.length) : 1);
    }
    return found;
  }

  private static double grown(double stretch, int i, int pairs) {
    return Math.pow(stretch, -i / (pairs - 1.0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  @SuppressWarnings("unchecked")
  void frequenciesAreThoseOfTransformers(Document one) {
    Rope rope = read((Map<String, Object>) one.at("config").value());
    double[] expected = TinyModel.doubles(one.at("frequencies"));
    double[] found = frequencies(rope, one.at("length").integer(1, 1 << 20));
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(1, found[i] / expected[i], 1e-6, "frequency " + i);
    }
    assertEquals(one.at("factor").number(), rope.factor(), 1e-12);
  }

  @Test
  void withoutAScalingFrequenciesFallGeometricallyFromOne() {
    // 10000^(-2i/8): 1, 10^-1, 10^-2, 10^-3.
    Map<String, Object> keys =
        Map.of(
            "model_type", "llama",
            "hidden_size", 32,
            "num_attention_heads", 4,
            "max_position_embeddings", 64);
    assertArrayEquals(new float[] {1, 0.1f, 0.01f, 0.001f}, read(keys).frequencies(), 1e-9f);
  }

  @Test
  void linearScalingDividesAllByTheFactor() {
    assertArrayEquals(
        new float[] {0.25f, 0.025f, 0.0025f, 0.00025f},
        scaled(Map.of("type", "linear", "factor", 4)).frequencies(),
        1e-9f);
  }

  @Test
  void llama3KeepsShortWavesAndPressesLongOnes() {
    // Waves of 6.3, 63, 628 and 6283 positions; of 400 positions more than 400 are long and less
    // than 100 are short. The second is kept: 63 < 100.
    Map<String, Object> scaling =
        Map.of(
            "rope_type", "llama3",
            "factor", 8,
            "low_freq_factor", 1,
            "high_freq_factor", 4,
            "original_max_position_embeddings", 400);
    assertArrayEquals(
        new float[] {1, 0.1f, 0.01f / 8, 0.001f / 8}, scaled(scaling).frequencies(), 1e-9f);
  }

  @Test
  void llama3BlendsTheWavesBetween() {
    // Wave 20 pi = 62.8 of 100 positions: kept (100/62.8 - 1) / 3 = 0.19718...
    Map<String, Object> scaling =
        Map.of(
            "rope_type", "llama3",
            "factor", 8,
            "low_freq_factor", 1,
            "high_freq_factor", 4,
            "original_max_position_embeddings", 100);
    double kept = (100 / (20 * Math.PI) - 1) / 3;
    assertEquals(0.1 * (kept + (1 - kept) / 8), scaled(scaling).frequencies()[1], 1e-8);
  }

  @Test
  void theOlderSpellingWinsAndAnEmptyOneSaysNothing() {
    Map<String, Object> keys = new HashMap<>();
    keys.put("model_type", "llama");
    keys.put("hidden_size", 32);
    keys.put("num_attention_heads", 4);
    keys.put("max_position_embeddings", 64);
    keys.put("rope_theta", 16);
    keys.put("rope_parameters", Map.of("rope_theta", 81, "rope_type", "default"));
    assertEquals(1 / 3f, read(keys).frequencies()[1], 1e-7);
    keys.put("rope_scaling", Map.of());
    assertEquals(1 / 3f, read(keys).frequencies()[1], 1e-7);
    keys.put("rope_scaling", Map.of("type", "linear", "factor", 2));
    assertEquals(1 / 4f, read(keys).frequencies()[1], 1e-7);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Map.of("type", "ntk"), ".type is \"ntk\", expected one of [default, dynamic"),
        Arguments.of(
            Map.of("rope_type", "longrope", "type", "linear", "factor", 2),
            ".rope_type is \"longrope\", expected one of"),
        Arguments.of(Map.of("type", "linear"), ".factor is missing"),
        Arguments.of(
            Map.of("type", "linear", "factor", 0.5),
            ".factor is 0.5, expected a number of at least"),
        Arguments.of(
            Map.of("type", "default", "partial_rotary_factor", 0.5),
            ".partial_rotary_factor is 0.5, expected 1 for model_type llama"),
        Arguments.of(
            Map.of("full_attention", Map.of("type", "linear", "factor", 2)),
            ".full_attention is {"),
        Arguments.of(
            Map.of("type", "llama3", "factor", 8, "low_freq_factor", 4, "high_freq_factor", 4),
            ".high_freq_factor is 4, expected a number above low_freq_factor 4.0"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotUnderstoodIsRefusedByName(Map<String, Object> scaling, String message) {
    InputException e = assertThrows(InputException.class, () -> scaled(scaling));
    String begin = "config.json: rope_scaling" + message;
    assertTrue(e.getMessage().startsWith(begin), e.getMessage());
  }

  static Stream<Arguments> unread() {
    return Stream.of(
        Arguments.of(Map.of("factor", 2), Map.of(), "rope_scaling.factor = 2"),
        Arguments.of(
            Map.of("type", "linear", "factor", 2, "beta_fast", 3),
            Map.of("type", "linear", "factor", 2),
            "rope_scaling.beta_fast = 3"));
  }

  @ParameterizedTest
  @MethodSource("unread")
  void whatItsFormulaDoesNotReadIsIgnoredWithAWarning(
      Map<String, Object> scaling, Map<String, Object> same, String named) {
    assertArrayEquals(scaled(same).frequencies(), scaled(scaling).frequencies());
    assertEquals(
        List.of(
            "config.json: keys that transformers does not read for model_type llama are ignored: %s."
                .formatted(named)),
        config(llama(scaling)).warnings());
  }

  @Test
  void asManyFactorsAsFrequenciesAreExpected() {
    Map<String, Object> scaling =
        Map.of("type", "su", "short_factor", List.of(1, 1), "long_factor", List.of(1, 1));
    Map<String, Object> keys =
        Map.of(
            "model_type", "phi3",
            "hidden_size", 32,
            "num_attention_heads", 4,
            "max_position_embeddings", 64,
            "rope_scaling", scaling);
    InputException e = assertThrows(InputException.class, () -> read(keys));
    assertEquals(
        "config.json: rope_scaling.short_factor is [1,1], expected 4 numbers.", e.getMessage());
  }
}
