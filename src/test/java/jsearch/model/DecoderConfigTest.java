package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderConfigTest {
  private static Map<String, Object> llama() {
    return new HashMap<>(
        Map.of(
            "model_type", "llama",
            "vocab_size", 100,
            "hidden_size", 48,
            "intermediate_size", 64,
            "num_hidden_layers", 2,
            "num_attention_heads", 6,
            "rms_norm_eps", 1e-6,
            "max_position_embeddings", 256));
  }

  private static DecoderConfig read(Map<String, Object> json) {
    return DecoderConfig.of(Document.json("config.json", Writer.json(json)));
  }

  private static DecoderConfig with(String key, Object value) {
    Map<String, Object> json = llama();
    json.put(key, value);
    return read(json);
  }

  @Test
  void whatIsLeftOutHasTransformersDefaults() {
    DecoderConfig config = read(llama());
    assertEquals(6, config.keyValueHeads());
    assertEquals(8, config.headSize());
    assertEquals(10_000, config.ropeTheta());
    assertEquals(false, config.tiedHead());
    assertEquals(config, with("head_dim", null));
  }

  @Test
  void whatIsSaidIsTaken() {
    Map<String, Object> json = llama();
    json.put("num_key_value_heads", 2);
    json.put("head_dim", 10);
    json.put("rope_theta", 500_000.0);
    json.put("rope_scaling", null);
    json.put("tie_word_embeddings", true);
    json.put("attention_bias", false);
    json.put("mlp_bias", false);
    json.put("hidden_act", "silu");
    assertEquals(
        new DecoderConfig("config.json", 100, 48, 64, 2, 6, 2, 10, 1e-6, 500_000, 256, true),
        read(json));
  }

  @Test
  void bothSpellingsOfTheRotaryBaseAreRead() {
    Map<String, Object> newer = Map.of("rope_theta", 7000, "rope_type", "default");
    assertEquals(7000, with("rope_theta", 7000).ropeTheta());
    assertEquals(7000, with("rope_parameters", newer).ropeTheta());
    Map<String, Object> both = llama();
    both.put("rope_theta", 1);
    both.put("rope_parameters", newer);
    assertEquals(7000, read(both).ropeTheta());
  }

  @Test
  void rotaryFrequenciesFallGeometricallyFromOne() {
    // 10000^(-2i/8): 1, 10^-1, 10^-2, 10^-3.
    assertArrayEquals(
        new float[] {1, 0.1f, 0.01f, 0.001f}, read(llama()).inverseFrequencies(), 1e-9f);
  }

  static Stream<Arguments> refused() {
    Map<String, Object> llama3 = Map.of("rope_type", "llama3", "factor", 8);
    return Stream.of(
        Arguments.of("model_type", "gemma2", "model_type is \"gemma2\", expected an archi"),
        Arguments.of("model_type", null, "model_type is missing"),
        Arguments.of("rope_scaling", llama3, "rope_scaling.rope_type is \"llama3\", expected def"),
        Arguments.of(
            "rope_scaling", Map.of("type", "yarn"), "rope_scaling.type is \"yarn\", expected def"),
        Arguments.of("rope_scaling", Map.of("factor", 2), "rope_scaling is {\"factor\":2}, exp"),
        Arguments.of("rope_parameters", llama3, "rope_parameters.rope_type is \"llama3\""),
        Arguments.of("attention_bias", true, "attention_bias is true, expected false; biases"),
        Arguments.of("mlp_bias", true, "mlp_bias is true, expected false; biases"),
        Arguments.of("hidden_act", "gelu", "hidden_act is \"gelu\", expected silu"),
        Arguments.of("head_dim", 7, "the head size is 7, expected an even number"),
        Arguments.of("num_attention_heads", 16, "the head size is 3, expected an even number"),
        Arguments.of("num_attention_heads", 5, "num_attention_heads is 5, expected a divisor of"),
        Arguments.of("num_key_value_heads", 4, "num_key_value_heads is 4, expected a divisor of 6"),
        Arguments.of("num_key_value_heads", 12, "num_key_value_heads is 12, expected a whole num"),
        Arguments.of("num_hidden_layers", 0, "num_hidden_layers is 0, expected a whole number"),
        Arguments.of("rms_norm_eps", "small", "rms_norm_eps is \"small\", expected a number"),
        Arguments.of("vocab_size", null, "vocab_size is missing"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatWouldBeComputedOtherwiseIsRefusedByName(String key, Object value, String message) {
    InputException e = assertThrows(InputException.class, () -> with(key, value));
    assertTrue(e.getMessage().startsWith("config.json: " + message), e.getMessage());
  }
}
