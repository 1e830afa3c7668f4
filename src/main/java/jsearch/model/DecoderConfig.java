package jsearch.model;

import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * What a decoder needs to know of a checkpoint's {@code config.json}.
 *
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
    int headSize = config.find("head_dim").map(d -> d.integer(2, hidden)).orElse(hidden / heads);
    if (headSize % 2 != 0) {
      throw new InputException(
          "%s: the head size is %d, expected an even number.".formatted(config.source(), headSize));
    }
    return new DecoderConfig(
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

  /** The program's {@code dims}. */
  long[] dims() {
    return new long[] {layers, heads, keyValueHeads, headSize};
  }
}
