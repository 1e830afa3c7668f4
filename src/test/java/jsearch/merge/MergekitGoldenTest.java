package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.plan.Blend;
import jsearch.plan.Parents;
import jsearch.schedule.Recipe;
import jsearch.schedule.Schedule;
import jsearch.schedule.Template;
import jsearch.torch.Torch;
import org.junit.jupiter.api.Test;

/** The candidate in memory against real mergekit's merge of a recipe of ours (see made_by.json). */
class MergekitGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/jsearch/merge/mergekit_golden");

  private static Schedule schedule() {
    Document t = Document.yaml(GOLDEN.resolve("recipe.yaml")).at("parameters").at("t");
    return Template.read(t).schedule(3);
  }

  @Test
  void theRecipeIsWhatWeWrite() {
    assertEquals(
        Document.readText(GOLDEN.resolve("recipe.yaml")),
        new Recipe("", "base", "donor", DType.BF16, schedule()).yaml());
  }

  @Test
  void theCandidateIsMergekitsMergeToTheLastBitButForRareRoundings() {
    Parents parents =
        Parents.of(
            Checkpoint.open(GOLDEN.resolve("base")), Checkpoint.open(GOLDEN.resolve("donor")));
    Checkpoint merged = Checkpoint.open(GOLDEN.resolve("merged"));
    long elements = 0;
    long different = 0;
    try (Torch torch = Torch.open("cpu");
        ParentWeights weights = new ParentWeights(torch, parents)) {
      CandidateWeights candidate = weights.candidate(DType.F32);
      candidate.write(schedule());
      for (Blend pair : weights.blends()) {
        double[] expected = Naive.read(merged.tensor(pair.name().text()));
        float[] actual = candidate.weights().get(pair.name().text()).floats();
        for (int i = 0; i < expected.length; i++) {
          elements++;
          if (expected[i] != actual[i]) {
            different++;
            assertEquals(expected[i], actual[i], Naive.ulp(expected[i], DType.BF16));
          }
        }
      }
    }
    assertEquals(16_632, elements);
    // mergekit computes the angle in float32, we in float64: near a tie the rounding may differ.
    assertTrue(different <= elements / 1000, different + " of " + elements);
  }
}
