package jsearch.checkpoint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import jsearch.document.Document;
import jsearch.document.InputException;

/** Compares the configs of two parents: what must be equal, and what a person should know. */
public final class Agreement {
  /** Values that shapes do not tell, but without which merged weights mean nothing. */
  private static final List<String> REQUIRED =
      List.of("model_type", "num_attention_heads", "num_key_value_heads", "head_dim", "hidden_act");

  /** Values that fine-tuning may change a little. */
  private static final List<String> WARNED =
      List.of("rms_norm_eps", "max_position_embeddings", "sliding_window");

  private static final String ABSENT = "absent";

  private Agreement() {}

  /**
   * Refuses parents of different architectures; they may have different numbers of layers.
   *
   * @throws InputException naming the first value that differs, both values, both files
   */
  public static void require(Checkpoint base, Checkpoint donor) {
    REQUIRED.forEach(key -> requireSame(base.config(), donor.config(), key));
  }

  /**
   * Refuses parents that have different numbers of layers.
   *
   * @throws InputException naming both numbers and both files
   */
  public static void requireSameLayers(Checkpoint base, Checkpoint donor) {
    requireSame(base.config(), donor.config(), "num_hidden_layers");
  }

  private static void requireSame(Document base, Document donor, String key) {
    String first = value(base, key);
    String second = value(donor, key);
    if (!first.equals(second)) {
      throw new InputException(
          "%s, expected the same.".formatted(difference(key, base, first, donor, second)));
    }
  }

  /** Differences that do not forbid a merge but that a person should know, a sentence each. */
  public static List<String> warnings(Checkpoint base, Checkpoint donor) {
    Map<String, String> first = warned(base.config());
    Map<String, String> second = warned(donor.config());
    SortedSet<String> keys = new TreeSet<>(first.keySet());
    keys.addAll(second.keySet());
    List<String> warnings = new ArrayList<>();
    for (String key : keys) {
      String a = first.getOrDefault(key, ABSENT);
      String b = second.getOrDefault(key, ABSENT);
      if (!a.equals(b)) {
        warnings.add(
            "%s; the base's is used."
                .formatted(difference(key, base.config(), a, donor.config(), b)));
      }
    }
    return warnings;
  }

  private static String difference(
      String key, Document base, String first, Document donor, String second) {
    return "%s differs: %s in %s, but %s in %s"
        .formatted(key, first, base.source(), second, donor.source());
  }

  private static String value(Document config, String key) {
    return config
        .find(key)
        .map(Agreement::text)
        .orElseGet(
            () ->
                switch (key) {
                  case "num_key_value_heads" -> value(config, "num_attention_heads");
                  case "head_dim" -> defaultHeadDim(config);
                  default -> ABSENT;
                });
  }

  /** transformers' own default. */
  private static String defaultHeadDim(Document config) {
    Optional<Document> hidden = config.find("hidden_size");
    Optional<Document> heads = config.find("num_attention_heads");
    return hidden.isPresent() && heads.isPresent()
        ? text(hidden.get().number() / heads.get().number())
        : ABSENT;
  }

  private static Map<String, String> warned(Document config) {
    Map<String, String> warned = rope(config);
    WARNED.forEach(key -> warned.put(key, value(config, key)));
    return warned;
  }

  /** Rotary settings as one map: transformers 4 spreads them over two keys, 5 has one. */
  private static Map<String, String> rope(Document config) {
    Map<String, String> rope = new TreeMap<>();
    rope.put("rope_theta", value(config, "rope_theta"));
    for (String key : List.of("rope_scaling", "rope_parameters")) {
      config.find(key).ifPresent(map -> map.entries().forEach((k, d) -> rope.put(k, text(d))));
    }
    String type = rope.remove("type"); // the older name of rope_type
    rope.putIfAbsent("rope_type", type == null ? "default" : type);
    return rope;
  }

  private static String text(Document value) {
    return value.isNumber() ? text(value.number()) : String.valueOf(value.value());
  }

  /** One text a number: 10000 and 10000.0 are equal. */
  private static String text(double number) {
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }
}
