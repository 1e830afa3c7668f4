package jsearch.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import jsearch.document.Document;

/** Reads the rope mapping of a config; names and defaults are those of transformers. */
final class RopeReader {
  private static final String FACTOR = "factor";
  private static final String ATTENTION = "attention_factor";
  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final String SHARE = "partial_rotary_factor";

  private static final Set<String> ALWAYS = Set.of("rope_type", "type", "rope_theta", SHARE);

  /** What a mapping may say beside that, by its formula. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "default", Set.of(),
          "linear", Set.of(FACTOR),
          "dynamic", Set.of(FACTOR, ORIGINAL),
          "llama3", Set.of(FACTOR, ORIGINAL, "low_freq_factor", "high_freq_factor"),
          "yarn",
              Set.of(
                  FACTOR,
                  ORIGINAL,
                  ATTENTION,
                  "beta_fast",
                  "beta_slow",
                  "mscale",
                  "mscale_all_dim",
                  "truncate",
                  "finetuned"),
          "longrope", Set.of(FACTOR, ORIGINAL, ATTENTION, "short_factor", "long_factor"));

  private final Settings settings;
  private final Sizes sizes;

  RopeReader(Settings settings, Sizes sizes) {
    this.settings = settings;
    this.sizes = sizes;
  }

  /**
   * The table of a mapping, or the plain one where there is none.
   *
   * @param base of the frequencies where the mapping has no {@code rope_theta}
   */
  Rope read(Optional<Document> mapping, DoubleSupplier base) {
    double theta =
        mapping
            .flatMap(m -> m.find("rope_theta"))
            .map(Settings::positive)
            .orElseGet(base::getAsDouble);
    int rotated = rotated(mapping);
    float[] plain = Frequencies.plain(theta, rotated);
    if (mapping.isEmpty()) {
      return Rope.constant(plain, 1);
    }
    Document map = mapping.get();
    String formula =
        map.find("rope_type")
            .or(() -> map.find("type"))
            .map(type -> settings.architecture().meaning("rope_types", type))
            .orElse("default");
    Set<String> allowed = new HashSet<>(ALWAYS);
    allowed.addAll(KEYS.get(formula));
    map.entries().forEach((key, value) -> note(allowed, key, value));
    return switch (formula) {
      case "linear" -> Rope.constant(Frequencies.linear(plain, factor(map)), 1);
      case "dynamic" -> Rope.growing(plain, sizes.context(), factor(map));
      case "llama3" -> llama3(map, plain);
      case "yarn" -> yarn(map, plain, theta, rotated);
      case "longrope" -> longrope(map, theta, rotated);
      default -> Rope.constant(plain, 1);
    };
  }

  /**
   * A list or a number that no formula reads is ignored; a mapping would be one for some layers.
   */
  private void note(Set<String> read, String key, Document value) {
    if (value.isMap()) {
      throw value.expected("no mapping inside this one for model_type " + name());
    }
    if (!read.contains(key)) {
      settings.ignore(value);
    }
  }

  private String name() {
    return settings.architecture().name();
  }

  /** How many numbers of a head are rotated: all, where the architecture does not know a share. */
  private int rotated(Optional<Document> mapping) {
    Optional<Document> own = mapping.flatMap(m -> m.find(SHARE));
    if (!settings.reads(SHARE)) {
      own.filter(share -> share.number() != 1)
          .ifPresent(
              share -> {
                throw share.expected("1 for model_type " + name());
              });
    }
    double share = own.or(() -> settings.find(SHARE)).map(Settings::positive).orElse(1.0);
    int rotated = (int) (sizes.headSize() * share);
    if (rotated < 1 || rotated > sizes.headSize() || (share == 1 && rotated % 2 != 0)) {
      String key = settings.find("head_dim").isPresent() ? "head_dim" : "num_attention_heads";
      throw settings
          .at(key)
          .expected(
              "one by which an even part of a head is rotated; the head size is %d, the share %s"
                  .formatted(sizes.headSize(), share));
    }
    return rotated;
  }

  private static double factor(Document map) {
    return atLeastOne(map.at(FACTOR));
  }

  private static double atLeastOne(Document value) {
    if (value.number() < 1) {
      throw value.expected("a number of at least 1");
    }
    return value.number();
  }

  private static double number(Document map, String key, double otherwise) {
    return map.find(key).map(Settings::positive).orElse(otherwise);
  }

  /** The length that the model was trained for, before it was stretched. */
  private int original(Document map) {
    return settings
        .find(ORIGINAL)
        .or(() -> map.find(ORIGINAL))
        .map(length -> length.integer(1, Integer.MAX_VALUE))
        .orElse(sizes.context());
  }

  private Rope llama3(Document map, float[] plain) {
    double low = Settings.positive(map.at("low_freq_factor"));
    double high = Settings.positive(map.at("high_freq_factor"));
    if (high <= low) {
      throw map.at("high_freq_factor").expected("a number above low_freq_factor " + low);
    }
    return Rope.constant(Frequencies.llama3(plain, factor(map), low, high, original(map)), 1);
  }

  private Rope yarn(Document map, float[] plain, double theta, int rotated) {
    int original = original(map);
    double factor =
        map.find(FACTOR).map(RopeReader::atLeastOne).orElse((double) sizes.context() / original);
    double first = Frequencies.turning(number(map, "beta_fast", 32), theta, rotated, original);
    double last = Frequencies.turning(number(map, "beta_slow", 1), theta, rotated, original);
    if (map.find("truncate").map(Document::bool).orElse(true)) {
      first = Math.floor(first);
      last = Math.ceil(last);
    }
    float[] frequencies =
        Frequencies.yarn(plain, factor, Math.max(first, 0), Math.min(last, rotated - 1));
    Optional<Double> attention = map.find(ATTENTION).map(Settings::positive);
    return Rope.constant(frequencies, attention.orElseGet(() -> yarnFactor(map, factor)));
  }

  /** What sharpens attention over longer texts (YaRN, eq. 24, and its two-sided form). */
  private static double yarnFactor(Document map, double factor) {
    double log = factor <= 1 ? 0 : 0.1 * Math.log(factor);
    if (map.find("mscale").isEmpty() || map.find("mscale_all_dim").isEmpty()) {
      return log + 1;
    }
    double above = map.at("mscale").number();
    double below = map.at("mscale_all_dim").number();
    return above == 0 || below == 0 ? log + 1 : (above * log + 1) / (below * log + 1);
  }

  private Rope longrope(Document map, double theta, int rotated) {
    int original = original(map);
    double factor =
        map.find(FACTOR).map(Settings::positive).orElse((double) sizes.context() / original);
    double attention = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    return Rope.switching(
        Frequencies.divided(theta, rotated, factors(map.at("short_factor"), rotated)),
        Frequencies.divided(theta, rotated, factors(map.at("long_factor"), rotated)),
        original,
        number(map, ATTENTION, attention));
  }

  private static double[] factors(Document list, int rotated) {
    List<Document> items = list.items();
    if (items.size() != (rotated + 1) / 2) {
      throw list.expected("%d numbers".formatted((rotated + 1) / 2));
    }
    return items.stream().mapToDouble(Settings::positive).toArray();
  }
}
