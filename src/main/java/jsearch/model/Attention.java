package jsearch.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import jsearch.document.Document;

/**
 * How queries weigh keys, and which of them they see.
 *
 * @param scale factor of the scores
 * @param cap soft cap of the scores (Gemma 2), 0 for none
 * @param window positions that a sliding layer sees, its own included; 0 when no layer slides
 * @param sliding a layer's 1 when it slides, else 0
 */
record Attention(double scale, double cap, int window, List<Integer> sliding) {

  static Attention of(Settings settings, Sizes sizes) {
    double scale =
        settings
            .find("attention_multiplier")
            .map(Document::number)
            .orElseGet(
                () ->
                    Math.pow(
                        settings
                            .find("query_pre_attn_scalar")
                            .map(Settings::positive)
                            .orElse((double) sizes.headSize()),
                        -0.5));
    double cap = settings.find("attn_logit_softcapping").map(Settings::positive).orElse(0.0);
    List<Integer> sliding = sliding(settings, sizes.layers());
    requireComputed(settings, sliding);
    int window = 0;
    if (sliding.contains(1)) {
      window = settings.at("sliding_window").integer(1, Integer.MAX_VALUE);
    }
    return new Attention(scale, cap, window, sliding);
  }

  private static List<Integer> sliding(Settings settings, int layers) {
    boolean off = settings.reads("use_sliding_window") && !settings.is("use_sliding_window");
    Optional<Document> types = settings.find(Settings.LAYER_TYPES);
    if (types.isPresent()) {
      List<Integer> listed = listed(types.get(), layers);
      if (off && listed.contains(1)) {
        throw types.get().expected("full_attention alone, as use_sliding_window is not true");
      }
      return listed;
    }
    if (off || settings.find("sliding_window").isEmpty()) {
      return Collections.nCopies(layers, 0);
    }
    return IntStream.range(0, layers).map(i -> slides(settings, i) ? 1 : 0).boxed().toList();
  }

  /** Where layer_types is not read, caches of transformers follow it all the same. */
  private static void requireComputed(Settings settings, List<Integer> sliding) {
    settings
        .said(Settings.LAYER_TYPES)
        .filter(types -> !settings.reads(Settings.LAYER_TYPES))
        .filter(types -> !listed(types, sliding.size()).equals(sliding))
        .ifPresent(
            types -> {
              throw types.expected(
                  "%s in every layer for model_type %s"
                      .formatted(
                          sliding.contains(1) ? "sliding_attention" : "full_attention",
                          settings.architecture().name()));
            });
  }

  private static List<Integer> listed(Document types, int layers) {
    List<Integer> sliding = new ArrayList<>();
    for (Document type : types.items()) {
      switch (type.text()) {
        case "full_attention" -> sliding.add(0);
        case "sliding_attention" -> sliding.add(1);
        default -> throw type.expected("full_attention or sliding_attention");
      }
    }
    if (sliding.size() != layers) {
      throw types.expected("one type for each of the %d layers".formatted(layers));
    }
    return List.copyOf(sliding);
  }

  /** Whether a layer slides in a model that has a window and no {@code layer_types}. */
  private static boolean slides(Settings settings, int layer) {
    int pattern =
        settings
            .find("sliding_window_pattern")
            .map(every -> every.integer(1, 1 << 16))
            .orElse(settings.architecture().integer("sliding_pattern"));
    if (pattern > 0) {
      return (layer + 1) % pattern != 0;
    }
    if (settings.reads("max_window_layers")) {
      return layer >= settings.at("max_window_layers").integer(0, Integer.MAX_VALUE);
    }
    return !settings.reads("no_rope_layer_interval") || !Rotation.turns(settings, layer);
  }

  /** The program's attributes. */
  Map<String, Object> options() {
    return Map.of(
        "attention_scale", scale, "attention_cap", cap, "window", window, "sliding", sliding);
  }
}
