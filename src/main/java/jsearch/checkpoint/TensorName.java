package jsearch.checkpoint;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tensor's name in Hugging Face's layout, such as {@code model.layers.3.mlp.up_proj.weight}. */
public record TensorName(String text) {
  /** The head of a checkpoint that does not tie it to its embedding. */
  public static final TensorName HEAD = new TensorName("lm_head.weight");

  /** The embedding. */
  public static final TensorName EMBEDDING = new TensorName("model.embed_tokens.weight");

  private static final Pattern LAYER = Pattern.compile("(?:^|\\.)layers\\.(\\d{1,6})\\.");

  /** The layer, counted from 0; empty for tensors outside layers. */
  public OptionalInt layer() {
    Matcher matcher = LAYER.matcher(text);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** The same tensor of another layer; itself outside layers. */
  public TensorName inLayer(int layer) {
    Matcher matcher = LAYER.matcher(text);
    return matcher.find()
        ? new TensorName(
            text.substring(0, matcher.start(1)) + layer + text.substring(matcher.end(1)))
        : this;
  }

  /** Whether its rows are tokens: the embedding, and the head where it is not tied to it. */
  public boolean hasRowPerToken() {
    return text.endsWith("embed_tokens.weight") || role() == Role.HEAD;
  }

  /**
   * Whether it is a buffer that follows from the config, not a weight.
   *
   * <p>Old checkpoints hold some ({@code rotary_emb.inv_freq}, {@code position_ids}); transformers
   * ignores them when it loads and computes them anew.
   */
  public boolean isBuffer() {
    return text.endsWith("rotary_emb.inv_freq") || text.endsWith("position_ids");
  }

  /** The role; a norm inside attention (q_norm, k_norm) counts as attention, as filters see it. */
  public Role role() {
    if (text.contains("self_attn.")) {
      return Role.SELF_ATTN;
    }
    if (text.contains("mlp.")) {
      return Role.MLP;
    }
    if (text.contains("embed_tokens")) {
      return Role.EMBEDDING;
    }
    if (text.contains("lm_head")) {
      return Role.HEAD;
    }
    return text.contains("norm") ? Role.NORM : Role.OTHER;
  }
}
