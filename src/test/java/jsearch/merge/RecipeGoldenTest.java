package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.Document;
import jsearch.plan.MergePlan;
import jsearch.schedule.MergeRecipe;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Merges on disk against real mergekit's, by every recipe in recipes/ (see make_recipe_goldens.py)
 * and dialect/ (see make_dialect_goldens.py).
 *
 * <p>Where mergekit's own config does not fit its weights, ours follows the weights: mergekit
 * leaves {@code vocab_size} with common rows, {@code tie_word_embeddings} with a written head and
 * {@code layer_types} with other numbers of layers as they were, and {@code eos_token_id} with
 * other tokens.
 */
class RecipeGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/jsearch/merge");
  private static final String RECIPE = ".yaml";
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String HEAD = "lm_head.weight";
  private static final Set<String> ROWS_OF_TOKENS = Set.of(EMBEDDING, HEAD);
  private static final long SHARD_BYTES = 10_000;
  private static Torch torch;

  @TempDir private Path directory;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu");
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  static List<String> recipes() throws IOException {
    List<String> recipes = new ArrayList<>();
    for (String folder : List.of("recipes", "dialect")) {
      try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(RECIPE))
            .map(file -> folder + "/" + file.substring(0, file.length() - RECIPE.length()))
            .sorted()
            .forEach(recipes::add);
      }
    }
    return recipes;
  }

  private Checkpoint merge(Path file) {
    MergeRecipe recipe = MergeRecipe.load(file);
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    recipe.models().forEach(id -> parents.put(id, Checkpoint.open(file.resolveSibling(id))));
    MergePlan plan = MergePlan.of(recipe, parents);
    Path out = directory.resolve("out");
    assertTrue(new DiskMerge(torch, plan).write(out, false, SHARD_BYTES, Monitors.SILENT));
    return Checkpoint.open(out);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aMergeIsMergekitsButForRareRoundings(String name) throws IOException {
    Path recipe = GOLDEN.resolve(name + RECIPE);
    Path merged =
        recipe
            .resolveSibling("merged")
            .resolve(recipe.getFileName().toString().replace(RECIPE, ""));
    Checkpoint expected = Checkpoint.open(golden(merged));
    Checkpoint actual = merge(recipe);
    GoldenRows tokens = GoldenRows.of(expected);
    if (!tokens.isEmpty()) {
      requireSameTokens(tokens, GoldenRows.of(actual));
    }
    requireSameTemplate(expected.directory(), actual.directory());
    requireSameTensors(expected, actual);
    requireSameConfig(expected, actual.config());
  }

  /** mergekit's merge; where its config ties a head that it has blended, with one that does not. */
  private Path golden(Path golden) throws IOException {
    if (!golden.getFileName().toString().startsWith("one-tied")) {
      return golden;
    }
    Path copy = Files.createDirectories(directory.resolve("golden"));
    try (Stream<Path> files = Files.list(golden)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path config = copy.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("(tie_word_embeddings\": )true", "$1false"));
    return copy;
  }

  /** But for the ids of a union's new tokens, which mergekit gives otherwise in each run. */
  private static void requireSameTokens(GoldenRows expected, GoldenRows actual) {
    assertEquals(expected.model(), actual.model());
    assertEquals(expected.added(), actual.added());
    assertEquals(new TreeSet<>(expected.ids().values()), new TreeSet<>(actual.ids().values()));
  }

  /** But for the one that mergekit has under a name: ours renders alike (ChatTemplateTest). */
  private static void requireSameTemplate(Path expected, Path actual) throws IOException {
    String file = "chat_template.jinja";
    String name = expected.getFileName().toString();
    if (Files.exists(expected.resolve(file)) && !name.startsWith("chatml-")) {
      assertEquals(
          Files.readString(expected.resolve(file)), Files.readString(actual.resolve(file)));
    }
  }

  private static void requireSameTensors(Checkpoint expected, Checkpoint actual) {
    assertEquals(expected.tensors().keySet(), actual.tensors().keySet());
    GoldenDifference difference = new GoldenDifference();
    for (TensorInfo golden : expected.tensors().values()) {
      String name = golden.name().text();
      TensorInfo merged = actual.tensor(name);
      assertEquals(golden.dtype(), merged.dtype(), name);
      assertEquals(golden.shape(), merged.shape(), name);
      double[] ours = Naive.read(merged);
      if (ROWS_OF_TOKENS.contains(name)) {
        int width = golden.shape().get(1).intValue();
        ours = GoldenRows.of(actual).inOrderOf(GoldenRows.of(expected), ours, width);
      }
      difference.add(golden.dtype(), Naive.read(golden), ours);
    }
    difference.requireRareRoundings();
  }

  private static void requireSameConfig(Checkpoint expected, Document config) {
    for (String key : List.of("architectures", "dtype", "num_hidden_layers")) {
      assertEquals(expected.config().at(key).value(), config.at(key).value(), key);
    }
    assertEquals(
        expected.tensor(EMBEDDING).shape().get(0),
        (long) config.at("vocab_size").integer(0, Integer.MAX_VALUE));
    // Only a family that is tied by default (Gemma) leaves this out.
    boolean tied = config.find("tie_word_embeddings").map(Document::bool).orElse(true);
    assertEquals(!expected.tensors().containsKey(HEAD), tied);
    int layers = config.at("num_hidden_layers").integer(0, Integer.MAX_VALUE);
    config
        .find("layer_types")
        .ifPresent(types -> assertEquals(layers, types.items().size(), "layer_types"));
  }
}
