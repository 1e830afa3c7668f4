package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configs of published models and fine-tunes, against what transformers reads from them.
 *
 * <p>make_config_goldens.py says how the files were made.
 */
class PublishedConfigsTest {
  /**
   * What transformers reads for some types or in some ways of computing; we refuse it in others.
   */
  private static final Set<String> REFUSED =
      Set.of(
          "attention_chunk_size",
          "partial_rotary_factor",
          "sliding_window",
          "use_bidirectional_attention");

  private static Map<String, Document> published() {
    return Document.jsonLines(TinyModel.resource("published_configs.jsonl")).stream()
        .collect(
            Collectors.toMap(
                line -> line.at("name").text(),
                Function.identity(),
                (first, second) -> first,
                LinkedHashMap::new));
  }

  private static DecoderConfig read(Document config) {
    return DecoderConfig.of(Document.json("config.json", Writer.json(config.value())));
  }

  static Stream<Arguments> outcomes() {
    return published().entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outcomes")
  void eachIsAcceptedWarnedOfOrRefusedAsItSays(String name, Document line) {
    assertEquals(line.at("outcome").text(), outcome(line.at("config")));
  }

  private static String outcome(Document config) {
    try {
      List<String> warnings = read(config).warnings();
      return warnings.isEmpty()
          ? "accepted"
          : "warned: " + warnings.get(0).replaceFirst("(?s).* are ignored: ", "");
    } catch (InputException e) {
      List<String> lines = e.getMessage().lines().toList();
      return "refused: "
          + (lines.size() > 1
              ? lines.get(1).replace("It describes ", "")
              : lines.get(0).replaceFirst("config.json: (\\w+) is .*", "$1."));
    }
  }

  @Test
  void everyArchitectureIsThereAndSixtyAtLeastAreRead() {
    List<String> types =
        published().values().stream()
            .filter(line -> !line.at("outcome").text().startsWith("refused"))
            .map(line -> line.at("config").at("model_type").text())
            .toList();
    assertTrue(types.size() >= 60, types.size() + " configs");
    assertEquals(Architecture.names(), Set.copyOf(types));
  }

  static Stream<Arguments> goldens() {
    Map<String, Document> published = published();
    return Document.json(TinyModel.resource("published_configs.json"))
        .at("configs")
        .entries()
        .entrySet()
        .stream()
        .map(
            entry ->
                Arguments.of(
                    entry.getKey(), published.get(entry.getKey()).at("config"), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldens")
  void whatReachesTheLogitsIsWhatTransformersReads(String name, Document keys, Document golden) {
    DecoderConfig config = read(keys);
    Map<String, Object> options = config.options();
    for (String number :
        List.of(
            "layers",
            "heads",
            "key_value_heads",
            "head_size",
            "epsilon",
            "attention_scale",
            "attention_cap",
            "embedding_scale",
            "residual_scale",
            "logits_divisor",
            "logits_cap",
            "window")) {
      double expected = golden.at(number).number();
      double found = ((Number) options.get(number)).doubleValue();
      assertEquals(expected, found, Math.abs(expected) * 1e-12, number);
    }
    assertEquals(golden.at("context").integer(1, Integer.MAX_VALUE), config.sizes().context());
    assertEquals(integers(golden.at("sliding")), options.get("sliding"));
    golden
        .find("rope")
        .ifPresent(turns -> assertEquals(places(turns), options.get("rope"), "positions"));
    assertEquals(
        golden.at("activation").text().replace("gelu_pytorch_tanh", "gelu_tanh"),
        options.get("activation"));
    requireTables(golden.at("tables").items(), config.rotation().tables());
    requireWeights(golden.at("weights"), config);
  }

  private static List<Integer> integers(Document list) {
    return list.items().stream().map(item -> item.integer(-1, Integer.MAX_VALUE)).toList();
  }

  /** A layer with positions has the one table, 0. */
  private static List<Integer> places(Document turns) {
    return integers(turns).stream().map(turn -> turn == 1 ? 0 : -1).toList();
  }

  private static void requireTables(List<Document> golden, List<Rope> found) {
    assertEquals(golden.size(), found.size());
    for (int i = 0; i < golden.size(); i++) {
      float[] table = found.get(i).frequencies();
      double sum = IntStream.range(0, table.length).mapToDouble(j -> table[j]).sum();
      double[] four = {table[0], table[table.length / 2], table[table.length - 1], sum};
      List<Document> expected = golden.get(i).at("frequencies").items();
      for (int j = 0; j < four.length; j++) {
        double number = expected.get(j).number();
        assertEquals(number, four[j], number * 1e-6, "table " + i + Arrays.toString(four));
      }
      assertEquals(golden.get(i).at("factor").number(), found.get(i).factor(), 1e-12);
    }
  }

  /** The first layer's names and shapes, and those outside of layers. */
  private static void requireWeights(Document golden, DecoderConfig config) {
    Map<String, Object> shapes = new LinkedHashMap<>();
    config
        .shapes()
        .forEach(
            (name, shape) -> {
              if (!name.contains(".layers.") || name.contains(".layers.0.")) {
                shapes.put(name, shape);
              }
            });
    assertEquals(golden.value(), shapes);
  }

  static Stream<Arguments> keys() {
    Document golden = Document.json(TinyModel.resource("ignored_keys.json"));
    return golden.at("keys").entries().entrySet().stream()
        .flatMap(
            type ->
                type.getValue().entries().entrySet().stream()
                    .map(
                        key ->
                            Arguments.of(
                                type.getKey(),
                                key.getKey(),
                                golden.at("values").at(key.getKey()).value(),
                                key.getValue().text())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("keys")
  void aKeyIsIgnoredWhereAddingItChangesNothingInTransformers(
      String type, String key, Object value, String inTransformers) {
    String directory = type.equals("gemma3_text") ? "gemma3" : type;
    Document plain =
        Document.json(TinyModel.resource("architectures").resolve(directory + "/config.json"));
    Map<String, Object> with = new LinkedHashMap<>();
    plain.entries().forEach((name, said) -> with.put(name, said.value()));
    with.put(key, value);
    Optional<Map<String, Object>> options = options(with);
    boolean same = options.filter(read(plain).options()::equals).isPresent();
    if (inTransformers.equals("ignored")) {
      assertTrue(same || (options.isEmpty() && REFUSED.contains(key)), () -> key + options);
    } else {
      assertFalse(same, () -> inTransformers + " in transformers");
    }
  }

  /** Empty where the config is refused. */
  private static Optional<Map<String, Object>> options(Map<String, Object> config) {
    try {
      return Optional.of(
          DecoderConfig.of(Document.json("config.json", Writer.json(config))).options());
    } catch (InputException e) {
      return Optional.empty();
    }
  }
}
