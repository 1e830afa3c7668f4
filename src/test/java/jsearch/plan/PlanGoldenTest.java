package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import jsearch.schedule.MergeRecipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans against those of real mergekit for the same recipes (see mergekit-plans.py). */
class PlanGoldenTest {
  private static final Path PLANS = Path.of("src/test/resources/jsearch/plan/plans");
  private static final Document MERGEKIT = Document.json(PLANS.resolve("mergekit-plans.json"));
  private static final String TIED = "b";

  @TempDir private static Path directory;

  private static final Map<String, Checkpoint> PARENTS = new LinkedHashMap<>();

  @BeforeAll
  static void writeParents() {
    Map.of("a", 4, "b", 4, "c", 6, "d", 4)
        .forEach(
            (name, layers) -> {
              TinyCheckpoint parent = new TinyCheckpoint().layers(layers).tied(name.equals(TIED));
              PARENTS.put(name, Checkpoint.open(parent.write(directory.resolve(name))));
            });
  }

  private static MergePlan plan(String name) {
    MergeRecipe recipe = MergeRecipe.load(PLANS.resolve(name + ".yaml"));
    return MergePlan.of(
        recipe, recipe.models().stream().collect(Collectors.toMap(m -> m, PARENTS::get)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stacked",
        "one-then-two",
        "two-then-one",
        "weights",
        "base-added",
        "weighed-slices",
        "nuslerp-origin",
        "nuslerp-slices",
        "beyond",
      })
  void aPlanIsMergekits(String name) {
    Map<String, Document> expected = MERGEKIT.at(name).entries();
    Map<String, Blend> planned =
        plan(name).blends().stream().collect(Collectors.toMap(b -> b.name().text(), b -> b));
    assertEquals(expected.keySet(), planned.keySet());
    expected.forEach((tensor, told) -> assertMixed(told, planned.get(tensor)));
  }

  private static void assertMixed(Document told, Blend blend) {
    Map<String, String> models = new LinkedHashMap<>();
    told.at("models").entries().forEach((model, name) -> models.put(model, own(model, name)));
    Map<String, String> read = new LinkedHashMap<>();
    blend.inputs().forEach(input -> read.put(model(input), tensor(input)));
    assertEquals(models, read, blend.name().text());
    double[] actual = numbers(blend);
    double[] expected = expected(told, new ArrayList<>(read.keySet()));
    assertEquals(expected.length, actual.length, blend.name().text());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-15, blend.name().text());
    }
  }

  private static String own(String model, Document name) {
    boolean stands = model.equals(TIED) && name.text().equals("lm_head.weight");
    return stands ? "model.embed_tokens.weight" : name.text();
  }

  private static String model(Input input) {
    return input.spans().get(0).tensor().orElseThrow().file().getParent().getFileName().toString();
  }

  private static String tensor(Input input) {
    return input.spans().get(0).tensor().orElseThrow().name().text();
  }

  private static double[] numbers(Blend blend) {
    if (blend.mix() instanceof Mix.Sum sum) {
      double divisor = sum.normalized() ? sum.weights().stream().mapToDouble(w -> w).sum() : 1;
      return sum.weights().stream().mapToDouble(weight -> weight / divisor).toArray();
    }
    assertTrue(blend.inputs().size() > 1, blend.name().text());
    return new double[] {
      blend.mix() instanceof Mix.Slerp slerp ? slerp.t() : ((Mix.NuSlerp) blend.mix()).t()
    };
  }

  /** What mergekit's tasks then do with the numbers that it planned. */
  private static double[] expected(Document told, List<String> models) {
    if (told.find("scale").isPresent()) {
      return new double[] {told.at("scale").at(models.get(0)).number()};
    }
    if (told.find("normalize").isPresent()) {
      double[] weights =
          models.stream().mapToDouble(model -> told.at("weight").at(model).number()).toArray();
      double sum = 0;
      for (double weight : weights) {
        sum += weight;
      }
      for (int i = 0; i < weights.length && told.at("normalize").number() != 0; i++) {
        weights[i] /= sum;
      }
      return weights;
    }
    if (models.size() == 1) {
      return new double[] {1};
    }
    if (told.find("t").isPresent()) {
      return new double[] {told.at("t").number()};
    }
    double first = told.at("weight").at(models.get(0)).number();
    double second = told.at("weight").at(models.get(1)).number();
    return new double[] {Math.abs(first + second) < 1e-6 ? 0.5 : second / (first + second)};
  }
}
