package jsearch.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.torch.Tensor;

/**
 * What a decoder needs to know of a checkpoint's {@code config.json}.
 *
 * @param source the file that it was read from, for error messages
 * @param vocabulary rows of the embedding
 * @param hidden width of the hidden states
 * @param intermediate width inside the MLP
 * @param layers number of layers
 * @param heads query heads
 * @param keyValueHeads key/value heads; divides {@code heads}
 * @param headSize numbers a head
 * @param epsilon added to the mean square in RMSNorm
 * @param ropeTheta base of the rotary frequencies (RoFormer, eq. 15)
 * @param contextLength most positions it was made for
 * @param tiedHead whether the embedding is the head
 */
public record DecoderConfig(
    String source,
    int vocabulary,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    double epsilon,
    double ropeTheta,
    int contextLength,
    boolean tiedHead) {

  private static final Set<String> SUPPORTED = Set.of("llama");

  /**
   * Reads it, and refuses by name what the decoder would compute otherwise.
   *
   * @throws InputException for another architecture or an option that is not supported
   */
  public static DecoderConfig of(Document config) {
    requireSupported(config);
    int heads = config.at("num_attention_heads").integer(1, 1 << 16);
    int hidden = config.at("hidden_size").integer(1, 1 << 24);
    int keyValueHeads =
        config.find("num_key_value_heads").map(d -> d.integer(1, heads)).orElse(heads);
    if (heads % keyValueHeads != 0) {
      throw config.at("num_key_value_heads").expected("a divisor of " + heads);
    }
    Optional<Document> headDim = config.find("head_dim");
    if (headDim.isEmpty() && hidden % heads != 0) {
      throw config.at("num_attention_heads").expected("a divisor of hidden_size " + hidden);
    }
    int headSize = headDim.map(d -> d.integer(1, 1 << 16)).orElse(hidden / heads);
    if (headSize % 2 != 0) {
      throw new InputException(
          "%s: the head size is %d, expected an even number.".formatted(config.source(), headSize));
    }
    return new DecoderConfig(
        config.source(),
        config.at("vocab_size").integer(1, 1 << 24),
        hidden,
        config.at("intermediate_size").integer(1, 1 << 24),
        config.at("num_hidden_layers").integer(1, 1 << 16),
        heads,
        keyValueHeads,
        headSize,
        config.at("rms_norm_eps").number(),
        ropeTheta(config),
        config.at("max_position_embeddings").integer(1, Integer.MAX_VALUE),
        config.find("tie_word_embeddings").map(Document::bool).orElse(false));
  }

  private static void requireSupported(Document config) {
    if (!SUPPORTED.contains(config.at("model_type").text())) {
      throw config.at("model_type").expected("an architecture that is supported: " + SUPPORTED);
    }
    config
        .find("hidden_act")
        .filter(act -> !act.text().equals("silu"))
        .ifPresent(
            act -> {
              throw act.expected("silu");
            });
    for (String flag : Set.of("attention_bias", "mlp_bias")) {
      config
          .find(flag)
          .filter(Document::bool)
          .ifPresent(
              on -> {
                throw on.expected("false; biases are not supported");
              });
    }
    config.find("rope_scaling").ifPresent(DecoderConfig::requireDefaultRope);
    config.find("rope_parameters").ifPresent(DecoderConfig::requireDefaultRope);
  }

  private static void requireDefaultRope(Document rope) {
    Document type =
        rope.find("rope_type")
            .or(() -> rope.find("type"))
            .orElseThrow(() -> rope.expected("a mapping with rope_type"));
    if (!type.text().equals("default")) {
      throw type.expected("default; other rope scalings are not supported");
    }
  }

  /** Older files hold it at the top, newer ones (transformers 5) under rope_parameters. */
  private static double ropeTheta(Document config) {
    return config
        .find("rope_parameters")
        .flatMap(rope -> rope.find("rope_theta"))
        .or(() -> config.find("rope_theta"))
        .map(Document::number)
        .orElse(10_000.0);
  }

  /**
   * The rotary frequencies theta^(-2i/d) for i in [0, d/2), in float32 as transformers has them.
   */
  float[] inverseFrequencies() {
    float[] frequencies = new float[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = 1f / (float) Math.pow(ropeTheta, 2f * i / headSize);
    }
    return frequencies;
  }

  /**
   * Checks that the decoder finds all that it reads; what it does not read may be there too.
   *
   * @throws InputException naming the first weight that is missing or has another shape
   */
  void requireWeights(Map<String, Tensor> weights) {
    shapes()
        .forEach(
            (name, shape) -> {
              Tensor weight = weights.get(name);
              if (weight == null || !weight.shape().equals(shape)) {
                throw new InputException(
                    "Tensor %s is %s, expected shape %s by %s."
                        .formatted(
                            name, weight == null ? "missing" : weight.shape(), shape, source));
              }
            });
  }

  private Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", shape(vocabulary, hidden));
    for (int layer = 0; layer < layers; layer++) {
      String name = "model.layers." + layer;
      shapes.put(name + ".input_layernorm.weight", shape(hidden));
      shapes.put(name + ".self_attn.q_proj.weight", shape(heads * headSize, hidden));
      shapes.put(name + ".self_attn.k_proj.weight", shape(keyValueHeads * headSize, hidden));
      shapes.put(name + ".self_attn.v_proj.weight", shape(keyValueHeads * headSize, hidden));
      shapes.put(name + ".self_attn.o_proj.weight", shape(hidden, heads * headSize));
      shapes.put(name + ".post_attention_layernorm.weight", shape(hidden));
      shapes.put(name + ".mlp.gate_proj.weight", shape(intermediate, hidden));
      shapes.put(name + ".mlp.up_proj.weight", shape(intermediate, hidden));
      shapes.put(name + ".mlp.down_proj.weight", shape(hidden, intermediate));
    }
    shapes.put("model.norm.weight", shape(hidden));
    if (!tiedHead) {
      shapes.put("lm_head.weight", shape(vocabulary, hidden));
    }
    return shapes;
  }

  private static List<Long> shape(long... dimensions) {
    return Arrays.stream(dimensions).boxed().toList();
  }

  /** The program's {@code dims}. */
  long[] dims() {
    return new long[] {layers, heads, keyValueHeads, headSize};
  }
}
