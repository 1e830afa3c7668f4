package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorNameTest {
  @ParameterizedTest
  @CsvSource({
    "model.embed_tokens.weight, EMBEDDING, -1",
    "model.layers.0.self_attn.q_proj.weight, SELF_ATTN, 0",
    "model.layers.7.self_attn.q_norm.weight, SELF_ATTN, 7",
    "model.layers.12.mlp.down_proj.weight, MLP, 12",
    "model.layers.3.input_layernorm.weight, NORM, 3",
    "model.layers.3.post_attention_layernorm.weight, NORM, 3",
    "model.norm.weight, NORM, -1",
    "lm_head.weight, HEAD, -1",
    "model.vision_tower.patch.weight, OTHER, -1"
  })
  void roleAndLayerAreToldFromTheName(String text, Role role, int layer) {
    TensorName name = new TensorName(text);
    assertEquals(role, name.role());
    assertEquals(layer, name.layer().orElse(-1));
  }

  /** Beside the names of Llama: Qwen 2 and 3, Gemma 2 and 3, Phi 3, OLMo 2. */
  @ParameterizedTest
  @CsvSource({
    "model.layers.0.self_attn.q_proj.bias, SELF_ATTN",
    "model.layers.0.self_attn.o_proj.weight, SELF_ATTN",
    "model.layers.0.self_attn.k_norm.weight, SELF_ATTN",
    "model.layers.0.self_attn.qkv_proj.weight, SELF_ATTN",
    "model.layers.0.mlp.gate_proj.bias, MLP",
    "model.layers.0.mlp.gate_up_proj.weight, MLP",
    "model.layers.0.mlp.down_proj.weight, MLP",
    "model.layers.0.pre_feedforward_layernorm.weight, NORM",
    "model.layers.0.post_feedforward_layernorm.weight, NORM"
  })
  void rolesAreTheSameInEveryArchitecture(String text, Role role) {
    TensorName name = new TensorName(text);
    assertEquals(role, name.role());
    assertEquals(0, name.layer().orElse(-1));
  }

  @ParameterizedTest
  @CsvSource({"model.layers.4.self_attn.rotary_emb.inv_freq", "embeddings.position_ids"})
  void whatFollowsFromTheConfigIsABuffer(String text) {
    assertTrue(new TensorName(text).isBuffer());
  }
}
