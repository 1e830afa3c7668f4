package jsearch.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import jsearch.document.Document;

/**
 * The rotary position tables of a decoder and the layers that they belong to.
 *
 * @param tables one, or one for layers that see all and one for those that slide
 * @param ofLayer each layer's table, -1 for a layer without positions
 */
record Rotation(List<Rope> tables, List<Integer> ofLayer) {
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  static Rotation of(Settings settings, Sizes sizes, Attention attention) {
    RopeReader reader = new RopeReader(settings, sizes);
    Optional<Document> older = nonEmpty(settings, "rope_scaling");
    Optional<Document> newer = nonEmpty(settings, "rope_parameters");
    DoubleSupplier theta = () -> Settings.positive(settings.at("rope_theta"));
    if (settings.reads("rope_local_base_freq")) {
      DoubleSupplier local = () -> Settings.positive(settings.at("rope_local_base_freq"));
      newer.ifPresent(nested -> nested.allow(Set.of(FULL, SLIDING)));
      Optional<Document> global = newer.flatMap(map -> map.find(FULL));
      DoubleSupplier far =
          () ->
              global
                  .flatMap(map -> map.find("rope_theta"))
                  .map(Settings::positive)
                  .orElseGet(theta::getAsDouble);
      Rope full = reader.read(older.or(() -> global), far);
      Rope near = reader.read(newer.flatMap(map -> map.find(SLIDING)), local);
      return new Rotation(List.of(full, near), attention.sliding());
    }
    Rope everywhere = reader.read(older.or(() -> newer), theta);
    if (!settings.reads("no_rope_layer_interval")) {
      return new Rotation(List.of(everywhere), Collections.nCopies(sizes.layers(), 0));
    }
    List<Integer> ofLayer =
        IntStream.range(0, sizes.layers())
            .map(layer -> turns(settings, layer) ? 0 : -1)
            .boxed()
            .toList();
    return new Rotation(List.of(everywhere), ofLayer);
  }

  private static Optional<Document> nonEmpty(Settings settings, String key) {
    return settings.find(key).filter(map -> !map.entries().isEmpty());
  }

  /** Whether a layer of a model with some layers without positions (SmolLM 3) has them. */
  static boolean turns(Settings settings, int layer) {
    Optional<Document> listed = settings.find("no_rope_layers");
    if (listed.isEmpty()) {
      return (layer + 1) % settings.at("no_rope_layer_interval").integer(1, 1 << 16) != 0;
    }
    List<Document> items = listed.get().items();
    if (layer >= items.size()) {
      throw listed.get().expected("a 0 or 1 for each layer");
    }
    return items.get(layer).integer(0, 1) == 1;
  }

  /** The frequencies by the names that the program reads them by. */
  Map<String, float[]> frequencies() {
    Map<String, float[]> named = new LinkedHashMap<>();
    for (int i = 0; i < tables.size(); i++) {
      named.put("rope." + i, tables.get(i).frequencies());
      if (tables.get(i).beyond().length > 0) {
        named.put("rope.%d.long".formatted(i), tables.get(i).beyond());
      }
    }
    return named;
  }

  /** The length beyond which frequencies change for the whole text at once; 0 for never. */
  int reach() {
    return tables.stream()
        .filter(table -> table.beyond().length > 0)
        .mapToInt(Rope::reach)
        .max()
        .orElse(0);
  }

  /** The text length up to which no table depends on the length; 0 when none ever does. */
  int steadyReach() {
    return tables.stream().mapToInt(Rope::reach).filter(reach -> reach > 0).min().orElse(0);
  }

  /** The program's attributes. */
  Map<String, Object> options() {
    return Map.of(
        "rope", ofLayer,
        "rope_factor", tables.stream().map(Rope::factor).toList(),
        "rope_reach", tables.stream().map(Rope::reach).toList(),
        "rope_growth", tables.stream().map(Rope::growth).toList());
  }
}
