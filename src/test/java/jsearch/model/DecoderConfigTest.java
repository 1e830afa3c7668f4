package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderConfigTest {
  private static Map<String, Object> of(String modelType) {
    return new HashMap<>(
        Map.of(
            "model_type", modelType,
            "vocab_size", 100,
            "hidden_size", 48,
            "intermediate_size", 64,
            "num_hidden_layers", 6,
            "num_attention_heads", 6,
            "num_key_value_heads", 2,
            "rms_norm_eps", 1e-6,
            "max_position_embeddings", 256));
  }

  private static DecoderConfig read(Map<String, Object> json) {
    return DecoderConfig.of(Document.json("config.json", Writer.json(json)));
  }

  private static DecoderConfig with(String modelType, String key, Object value) {
    Map<String, Object> json = of(modelType);
    json.put(key, value);
    return read(json);
  }

  private static DecoderConfig with(String key, Object value) {
    return with("llama", key, value);
  }

  private static Object option(String name, DecoderConfig config) {
    return config.options().get(name);
  }

  @Test
  void whatIsLeftOutHasTransformersDefaults() {
    Map<String, Object> json = of("llama");
    json.remove("num_key_value_heads");
    DecoderConfig config = read(json);
    assertEquals(new Sizes(100, 48, 64, 6, 6, 6, 8, 256), config.sizes());
    assertEquals("silu", option("activation", config));
    assertEquals(Math.pow(8, -0.5), option("attention_scale", config));
    assertEquals(0, option("window", config));
    json.put("head_dim", null);
    json.put("rope_scaling", null);
    assertEquals(config.options(), read(json).options());
  }

  @Test
  void gemma2HasCapsWindowsAndAScaleOfItsOwnWhereTheConfigIsSilent() {
    DecoderConfig config = read(of("gemma2"));
    assertEquals(256, config.sizes().headSize());
    assertEquals(50.0, option("attention_cap", config));
    assertEquals(30.0, option("logits_cap", config));
    assertEquals(1 / 16.0, option("attention_scale", config));
    assertEquals(4096, option("window", config));
    assertEquals(List.of(1, 0, 1, 0, 1, 0), option("sliding", config));
    assertEquals(0.0, option("attention_cap", with("gemma2", "attn_logit_softcapping", null)));
  }

  @Test
  void whichLayersSlideIsToldInManyWays() {
    assertEquals(List.of(1, 1, 1, 1, 1, 1), option("sliding", read(of("mistral"))));
    DecoderConfig without = with("mistral", "sliding_window", null);
    assertEquals(List.of(0, 0, 0, 0, 0, 0), option("sliding", without));
    assertEquals(0, option("window", without));
    assertEquals(List.of(1, 1, 1, 1, 1, 0), option("sliding", read(of("gemma3_text"))));
    Map<String, Object> qwen = of("qwen2");
    qwen.put("max_window_layers", 4);
    assertEquals(List.of(0, 0, 0, 0, 0, 0), option("sliding", read(qwen)));
    qwen.put("use_sliding_window", true);
    assertEquals(List.of(0, 0, 0, 0, 1, 1), option("sliding", read(qwen)));
    Map<String, Object> smol = of("smollm3");
    assertEquals(List.of(0, 0, 0, -1, 0, 0), option("rope", read(smol)));
    smol.put("use_sliding_window", true);
    smol.put("sliding_window", 9);
    assertEquals(List.of(0, 0, 0, 1, 0, 0), option("sliding", read(smol)));
  }

  @Test
  void keysThatDoNotReachTheLogitsAreLetThrough() {
    Map<String, Object> json = of("llama");
    json.put("transformers_version", "4.57.0");
    json.put("pretraining_tp", 2);
    json.put("eos_token_id", List.of(1, 2));
    json.put("some_new_switch", false);
    json.put("some_new_list", List.of());
    json.put("some_new_number", null);
    assertEquals(read(of("llama")).options(), read(json).options());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "model_type", "mamba", "model_type is \"mamba\", expected an architecture that"),
        Arguments.of("model_type", null, "model_type is missing"),
        Arguments.of("is_causal", false, "is_causal is false, expected true for model_type llama"),
        Arguments.of(
            "partial_rotary_factor", 0.5, "partial_rotary_factor is 0.5, expected 1.0 for model_"),
        Arguments.of(
            "attention_chunk_size", 8, "attention_chunk_size is 8, expected no such key for model"),
        Arguments.of(
            "per_layer_config", Map.of("0", Map.of()), "per_layer_config is {\"0\":{}}, expected"),
        Arguments.of(
            "layer_types",
            Collections.nCopies(6, "sliding_attention"),
            "layer_types is [\"sliding_attention\",\"sliding_attention\",\"sliding_attention\"..., "
                + "expected full_attention in every layer for model_type llama"),
        Arguments.of(
            "architectures",
            List.of("LlamaForSequenceClassification"),
            """
            architectures is ["LlamaForSequenceClassification"], expected a decoder: ...ForCausalLM.
            It describes a classifier, reward or embedding model, which has no lm_head.
            Maybe use the ...ForCausalLM that it was fine-tuned from."""),
        Arguments.of(
            "sliding_window", 9, "sliding_window is 9, expected no such key for model_type"),
        Arguments.of(
            "quantization_config", Map.of("bits", 4), "quantization_config is {\"bits\":4}"),
        Arguments.of(
            "rope_scaling", Map.of("type", "ntk"), "rope_scaling.type is \"ntk\", expected"),
        Arguments.of(
            "hidden_act", "relu", "hidden_act is \"relu\", expected one of [gelu, gelu_py"),
        Arguments.of("head_dim", 7, "head_dim is 7, expected one by which an even part of a head"),
        Arguments.of("num_attention_heads", 16, "num_attention_heads is 16, expected one by which"),
        Arguments.of("num_attention_heads", 10, "num_attention_heads is 10, expected a divisor of"),
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

  static Stream<Arguments> refusedElsewhere() {
    return Stream.of(
        Arguments.of(
            "qwen2",
            "layer_types",
            List.of("chunked_attention"),
            "layer_types[0] is \"chunked_attention\", expected full_attention or sliding_attention"),
        Arguments.of(
            "qwen2",
            "layer_types",
            List.of("full_attention"),
            "layer_types is [\"full_attention\"], expected one type for each of the 6 layers"),
        Arguments.of(
            "qwen3",
            "layer_types",
            Collections.nCopies(6, "sliding_attention"),
            "layer_types is [\"sliding_attention\",\"sliding_attention\",\"sliding_attention\"..., expected full_"),
        Arguments.of(
            "gemma3_text",
            "rope_parameters",
            Map.of("rope_type", "default"),
            "rope_parameters.rope_type is not supported here, expected one of [full_attention, sli"),
        Arguments.of(
            "gemma2",
            "attn_logit_softcapping",
            0,
            "attn_logit_softcapping is 0, expected a number above 0"),
        Arguments.of(
            "smollm3",
            "no_rope_layers",
            List.of(1, 0),
            "no_rope_layers is [1,0], expected a 0 or 1 for each layer"));
  }

  @ParameterizedTest
  @MethodSource("refusedElsewhere")
  void soIsWhatOtherArchitecturesWouldComputeOtherwise(
      String modelType, String key, Object value, String message) {
    InputException e = assertThrows(InputException.class, () -> with(modelType, key, value));
    assertTrue(e.getMessage().startsWith("config.json: " + message), e.getMessage());
  }

  static Stream<Arguments> identities() {
    return Stream.of(
        Arguments.of("llama", "partial_rotary_factor", 1),
        Arguments.of("llama", "is_causal", true),
        Arguments.of("llama", "layer_types", Collections.nCopies(6, "full_attention")),
        Arguments.of("llama", "max_window_layers", 4),
        Arguments.of("llama", "head_dim", null),
        Arguments.of("mistral", "layer_types", Collections.nCopies(6, "sliding_attention")),
        Arguments.of("gemma2", "use_bidirectional_attention", false),
        Arguments.of("qwen2", "quantization_config", null),
        Arguments.of("llama", "_attn_implementation_autoset", true),
        Arguments.of("llama", "unsloth_anything", "2026.1"),
        Arguments.of("llama", "neftune_noise_alpha", 5),
        Arguments.of("llama", "task_specific_params", Map.of("text-generation", Map.of())),
        Arguments.of("llama", "pad_token_id", -1),
        Arguments.of("llama", "attention_dropout", 0.1),
        Arguments.of("llama", "torch_dtype", Map.of("self", "bfloat16")),
        Arguments.of("llama", "bos_token", "<s>"));
  }

  @ParameterizedTest
  @MethodSource("identities")
  void whatAsksForNothingElseIsLetThroughInSilence(String modelType, String key, Object value) {
    DecoderConfig config = with(modelType, key, value);
    assertEquals(read(of(modelType)).options(), config.options());
    assertEquals(List.of(), config.warnings());
  }

  @Test
  void theMappingsThetaStandsBeforeThatAtTheTopWhichMayBeNull() {
    for (Object theta : new Object[] {null, 7.0}) {
      Map<String, Object> json = of("llama");
      json.put("rope_theta", theta);
      json.put("rope_parameters", Map.of("rope_type", "default", "rope_theta", 16));
      // Heads of 8 numbers: the second frequency is 16^(-1/4).
      assertEquals(0.5f, read(json).rotation().tables().get(0).frequencies()[1]);
    }
    Map<String, Object> nothing = of("llama");
    nothing.put("rope_theta", null);
    assertThrows(InputException.class, () -> read(nothing));
  }

  @Test
  void gemma3ScalesTheFullLayersThetaAndLeavesTheOthers() {
    Map<String, Object> json = of("gemma3_text");
    json.put("rope_scaling", Map.of("rope_type", "linear", "factor", 2));
    json.put(
        "rope_parameters",
        Map.of(
            "full_attention", Map.of("rope_type", "default", "rope_theta", 16),
            "sliding_attention", Map.of("rope_type", "default", "rope_theta", 81)));
    json.put("head_dim", 4);
    List<Rope> tables = read(json).rotation().tables();
    assertArrayEquals(new float[] {0.5f, 0.125f}, tables.get(0).frequencies(), 1e-7f);
    assertArrayEquals(new float[] {1, 1 / 9f}, tables.get(1).frequencies(), 1e-7f);
  }

  @Test
  void gemma2SlidesInEverySecondLayerWhateverItsConfigSays() {
    DecoderConfig config = with("gemma2", "sliding_window_pattern", 3);
    assertEquals(List.of(1, 0, 1, 0, 1, 0), option("sliding", config));
    assertEquals(1, config.warnings().size());
  }

  @Test
  void whatTransformersIgnoresIsIgnoredWithOneWarningThatNamesAll() {
    Map<String, Object> json = new TreeMap<>(of("llama"));
    json.put("attention_multiplier", 0.5);
    json.put("document_attention", true);
    json.put("internal_version", "7b-alpha");
    json.put("rope_parameters", Map.of("rope_type", "default", "mrope_section", List.of(1, 2)));
    DecoderConfig config = read(json);
    assertEquals(read(of("llama")).options(), config.options());
    assertEquals(
        List.of(
            "config.json: keys that transformers does not read for model_type llama are ignored: "
                + "attention_multiplier = 0.5 (read for granite), document_attention = true, "
                + "internal_version = \"7b-alpha\", rope_parameters.mrope_section = [1,2]."),
        config.warnings());
  }

  @Test
  void sizesThatAreLeftOutAreThoseOfTransformers() {
    assertEquals(
        new Sizes(32000, 4096, 11008, 32, 32, 32, 128, 2048),
        read(Map.of("model_type", "llama")).sizes());
    assertEquals(
        new Sizes(262208, 2304, 9216, 26, 8, 4, 256, 131072),
        read(Map.of("model_type", "gemma3_text")).sizes());
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(
            Map.of("model_type", "llava", "text_config", Map.of("model_type", "llama")),
            """
            It describes a vision-language model.
            Maybe write its text part (model_type llama) as a checkpoint of its own, and use that."""),
        Arguments.of(
            Map.of("model_type", "new_thing", "vision_config", Map.of("depth", 2)),
            """
            It describes a vision-language model.
            Maybe write its text part as a checkpoint of its own, and use that."""),
        Arguments.of(
            Map.of("model_type", "whisper", "is_encoder_decoder", true),
            """
            It describes a model of speech or sound.
            Maybe write its text part as a checkpoint of its own, and use that."""),
        Arguments.of(
            Map.of("model_type", "t5"),
            """
            It describes an encoder-decoder model.
            Maybe use a decoder without an encoder, such as Llama or Qwen."""),
        Arguments.of(
            Map.of("model_type", "new_moe", "num_experts", 8),
            """
            It describes a mixture of experts.
            Maybe use a dense model; `jsearch merge` alone takes this one."""),
        Arguments.of(
            Map.of("model_type", "rwkv5"),
            """
            It describes a state-space or recurrent model.
            Maybe use a model whose layers are all attention; `jsearch merge` alone takes this one."""),
        Arguments.of(
            Map.of("model_type", "modernbert", "architectures", List.of("ModernBertForMaskedLM")),
            """
            It describes an encoder, which predicts no next token.
            Maybe use a decoder, such as Llama or Qwen."""));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anotherKindOfModelIsRefusedByItsKind(Map<String, Object> config, String kind) {
    InputException e = assertThrows(InputException.class, () -> read(config));
    assertEquals(
        "config.json: model_type is \"%s\", expected an architecture that is supported: %s.\n%s"
            .formatted(config.get("model_type"), Architecture.names(), kind),
        e.getMessage());
  }

  @Test
  void aModelOfNoKnownKindIsRefusedByItsTypeAlone() {
    InputException e = assertThrows(InputException.class, () -> read(Map.of("model_type", "gpt2")));
    assertEquals(1, e.getMessage().lines().count());
  }
}
