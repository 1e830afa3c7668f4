package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged recipes become plans or are told to the user; nothing else may come out. */
class RecipeMutationTest {
  private static final Path PLANS = Path.of("src/test/resources/jsearch/plan/plans");
  private static final int CASES = 300;

  @TempDir private static Path directory;

  private static final Map<String, Checkpoint> PARENTS = new LinkedHashMap<>();

  @BeforeAll
  static void writeParents() {
    Map.of("a", 4, "b", 4, "c", 6, "d", 4)
        .forEach(
            (name, layers) -> {
              TinyCheckpoint tiny = new TinyCheckpoint().layers(layers).hidden(4).heads(1, 1, 4);
              Path place = tiny.intermediate(4).vocab(8).write(directory.resolve(name));
              PARENTS.put(name, Checkpoint.open(place));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stacked",
        "one-then-two",
        "weights",
        "weighed-slices",
        "nuslerp-origin",
        "nuslerp-slices",
        "beyond",
      })
  void aDamagedRecipeIsPlannedOrIsAnInputError(String name) throws IOException {
    String good = Files.readString(PLANS.resolve(name + ".yaml"));
    int refused = 0;
    for (int seed = 0; seed < CASES; seed++) {
      String bad = RecipeMutation.of(good, new Random(seed * 31L + name.hashCode()));
      try {
        plan(bad);
      } catch (InputException e) {
        refused++;
        assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), bad);
      } catch (RuntimeException | Error e) {
        fail("seed %d:\n%s".formatted(seed, bad), e);
      }
    }
    assertTrue(refused > CASES / 4 && refused < CASES, refused + " refused of " + CASES);
  }

  private void plan(String text) throws IOException {
    Path file = Files.write(directory.resolve("r.yaml"), text.getBytes(StandardCharsets.UTF_8));
    MergeRecipe recipe = MergeRecipe.load(file);
    Map<String, Checkpoint> parents = new LinkedHashMap<>();
    for (String model : recipe.models()) {
      Checkpoint parent = PARENTS.get(model);
      if (parent == null) {
        throw new InputException(model + " is unknown");
      }
      parents.put(model, parent);
    }
    MergePlan plan = MergePlan.of(recipe, parents);
    for (Blend blend : plan.blends()) {
      requireSound(blend);
    }
    assertTrue(plan.layers() > 0 && plan.tensors() > plan.layers());
  }

  private static void requireSound(Blend blend) {
    List<Double> numbers =
        blend.mix() instanceof Mix.Sum sum
            ? sum.weights()
            : List.of(
                blend.mix() instanceof Mix.Slerp slerp
                    ? slerp.t()
                    : ((Mix.NuSlerp) blend.mix()).t());
    assertTrue(numbers.stream().allMatch(Double::isFinite), blend::toString);
    int inputs = blend.inputs().size();
    boolean fits =
        blend.mix() instanceof Mix.Sum
            ? numbers.size() == inputs
            : inputs == 2 || inputs == 3 && blend.mix() instanceof Mix.NuSlerp;
    assertTrue(fits, blend::toString);
  }

  @Test
  void aTowerOfBracketsIsAnInputError() {
    for (String bracket : List.of("[", "{", "- ", "? ", "a: {", "&x [", "!!map {")) {
      String tower = "merge_method: slerp\nparameters: {t: " + bracket.repeat(20_000);
      try {
        plan(tower);
        fail(bracket);
      } catch (InputException e) {
        assertTrue(e.getMessage().length() < 1000, e.getMessage());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aLongRecipeIsPlannedInShortTime() throws IOException {
    StringBuilder text = new StringBuilder("merge_method: passthrough\nslices:\n");
    for (int i = 0; i < 121; i++) {
      text.append("  - sources: [{model: c, layer_range: [%d, 6]}]\n".formatted(i % 6));
      text.append("    parameters: {scale: [{filter: mlp, value: [0, 1]}]}\n");
    }
    Path file = Files.writeString(directory.resolve("long.yaml"), text.toString());
    MergePlan plan = MergePlan.of(MergeRecipe.load(file), Map.of("c", PARENTS.get("c")));
    // 20 rounds of 6 + 5 + 4 + 3 + 2 + 1 layers, then 6.
    assertEquals(20 * 21 + 6, plan.layers());
  }
}
