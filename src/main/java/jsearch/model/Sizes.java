package jsearch.model;

import java.util.Optional;
import jsearch.document.Document;

/**
 * How large the parts of a decoder are.
 *
 * @param vocabulary rows of the embedding
 * @param hidden width of the hidden states
 * @param intermediate width inside the MLP
 * @param layers number of layers
 * @param heads query heads
 * @param keyValueHeads key/value heads; divides {@code heads}
 * @param headSize numbers a head
 * @param context most positions it was made for
 */
record Sizes(
    int vocabulary,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int context) {

  static Sizes of(Settings settings) {
    int heads = settings.at("num_attention_heads").integer(1, 1 << 16);
    int hidden = settings.at("hidden_size").integer(1, 1 << 24);
    int keyValueHeads =
        settings.find("num_key_value_heads").map(d -> d.integer(1, heads)).orElse(heads);
    if (heads % keyValueHeads != 0) {
      throw settings.at("num_key_value_heads").expected("a divisor of " + heads);
    }
    Optional<Document> headDim = settings.find("head_dim");
    if (headDim.isEmpty() && hidden % heads != 0) {
      throw settings.at("num_attention_heads").expected("a divisor of hidden_size " + hidden);
    }
    return new Sizes(
        settings.at("vocab_size").integer(1, 1 << 24),
        hidden,
        settings.at("intermediate_size").integer(1, 1 << 24),
        settings.at("num_hidden_layers").integer(1, 1 << 16),
        heads,
        keyValueHeads,
        headDim.map(d -> d.integer(1, 1 << 16)).orElse(hidden / heads),
        settings.at("max_position_embeddings").integer(1, Integer.MAX_VALUE));
  }

  /** Width of all query heads side by side. */
  int queries() {
    return heads * headSize;
  }

  /** Width of all key heads, or all value heads, side by side. */
  int keys() {
    return keyValueHeads * headSize;
  }
}
