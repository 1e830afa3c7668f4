package jsearch.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names and shapes of the weights that a decoder reads. */
final class Shapes {
  private final Settings settings;
  private final Architecture architecture;
  private final Sizes sizes;
  private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

  private Shapes(Settings settings, Sizes sizes) {
    this.settings = settings;
    this.architecture = settings.architecture();
    this.sizes = sizes;
  }

  /**
   * Each weight's shape by its name in the checkpoint.
   *
   * @param tied whether the head is the embedding
   */
  static Map<String, List<Long>> of(Settings settings, Sizes sizes, boolean tied) {
    Shapes all = new Shapes(settings, sizes);
    all.add("model.embed_tokens", sizes.vocabulary(), sizes.hidden());
    for (int layer = 0; layer < sizes.layers(); layer++) {
      all.layer("model.layers.%d.".formatted(layer));
    }
    all.add("model.norm", sizes.hidden());
    if (!tied) {
      all.add("lm_head", sizes.vocabulary(), sizes.hidden());
    }
    return all.shapes;
  }

  private void layer(String layer) {
    for (String place : List.of("before_attention", "after_attention", "before_mlp", "after_mlp")) {
      String norm = architecture.text(place);
      if (!norm.isEmpty()) {
        add(layer + norm, sizes.hidden());
      }
    }
    attention(layer + "self_attn.");
    mlp(layer + "mlp.");
  }

  private void attention(String name) {
    if (architecture.is("fused")) {
      linear(name, "qkv_proj", sizes.queries() + 2 * sizes.keys(), sizes.hidden());
    } else {
      linear(name, "q_proj", sizes.queries(), sizes.hidden());
      linear(name, "k_proj", sizes.keys(), sizes.hidden());
      linear(name, "v_proj", sizes.keys(), sizes.hidden());
    }
    linear(name, "o_proj", sizes.hidden(), sizes.queries());
    boolean each = architecture.text("query_key_norm").equals("head");
    if (each || architecture.text("query_key_norm").equals("projection")) {
      add(name + "q_norm", each ? sizes.headSize() : sizes.queries());
      add(name + "k_norm", each ? sizes.headSize() : sizes.keys());
    }
  }

  private void mlp(String name) {
    if (architecture.is("fused")) {
      linear(name, "gate_up_proj", 2 * sizes.intermediate(), sizes.hidden());
    } else {
      linear(name, "gate_proj", sizes.intermediate(), sizes.hidden());
      linear(name, "up_proj", sizes.intermediate(), sizes.hidden());
    }
    linear(name, "down_proj", sizes.hidden(), sizes.intermediate());
  }

  private void linear(String part, String projection, int to, int from) {
    add(part + projection, to, from);
    String asked = part.endsWith("mlp.") ? "mlp_bias" : "attention_bias";
    if (settings.is(asked) || architecture.list("biased").contains(projection)) {
      shapes.put(part + projection + ".bias", List.of((long) to));
    }
  }

  private void add(String name, int... dimensions) {
    shapes.put(name + ".weight", Arrays.stream(dimensions).asLongStream().boxed().toList());
  }
}
