package jsearch.schedule;

import java.util.ArrayList;
import java.util.List;
import jsearch.checkpoint.TensorName;

/** Names of tensors of a Llama checkpoint, for tests. */
final class Tensors {
  static final TensorName EMBEDDING = new TensorName("model.embed_tokens.weight");
  static final TensorName FINAL_NORM = new TensorName("model.norm.weight");
  static final TensorName HEAD = new TensorName("lm_head.weight");

  private Tensors() {}

  static TensorName attention(int layer) {
    return new TensorName("model.layers.%d.self_attn.q_proj.weight".formatted(layer));
  }

  static TensorName mlp(int layer) {
    return new TensorName("model.layers.%d.mlp.down_proj.weight".formatted(layer));
  }

  static TensorName norm(int layer) {
    return new TensorName("model.layers.%d.input_layernorm.weight".formatted(layer));
  }

  /** One tensor of each role and layer. */
  static List<TensorName> all(int layers) {
    List<TensorName> names = new ArrayList<>(List.of(EMBEDDING, FINAL_NORM, HEAD));
    for (int layer = 0; layer < layers; layer++) {
      names.addAll(List.of(attention(layer), mlp(layer), norm(layer)));
    }
    return names;
  }
}
