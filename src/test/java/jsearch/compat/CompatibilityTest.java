package jsearch.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompatibilityTest {
  private static final long LARGE = 7_000_000_000L;

  private static Compatibility of(
      double overlap, double similarity, double angle, long parameters) {
    return new Compatibility(
        new Overlap(overlap, overlap),
        similarity,
        angle,
        List.of(similarity),
        List.of(angle),
        Map.of(),
        parameters);
  }

  @Test
  void theScoreIsHalfOfOverlapAndSimilarityLessTheAngleInHalfTurns() {
    assertEquals(1, of(1, 1, 0, LARGE).score(), 1e-15);
    assertEquals(0.4 + 0.3 - 0.25, of(0.8, 0.6, Math.PI / 4, LARGE).score(), 1e-15);
    assertEquals(0, of(1, 1, Math.PI, LARGE).score(), 1e-15);
  }

  @Test
  void likeParentsOfSomeSizeAreMergedLayerByLayer() {
    // The limits themselves are still allowed.
    Decision decision = of(0.8, 0.9, 0.5, 1_000_000_000L).decision();
    assertEquals(Decision.Merge.LAYER_ADAPTIVE, decision.merge());
    assertEquals("the tokenizers agree and the layers stand 0.50 rad apart", decision.reason());
  }

  @Test
  void tokenizersThatDifferAskForAlignedEmbeddingsBeforeAnythingElse() {
    Decision decision = of(0.794, 0.9, 2, 10).decision();
    assertEquals(Decision.Merge.ALIGN_EMBEDDINGS_FIRST, decision.merge());
    assertEquals("the tokenizers share 79% of their tokens, less than 80%", decision.reason());
  }

  @Test
  void layersFarApartAreMergedGlobally() {
    Decision decision = of(1, 0.9, 0.51, LARGE).decision();
    assertEquals(Decision.Merge.GLOBAL, decision.merge());
    assertEquals("the layers stand 0.51 rad apart, more than 0.50", decision.reason());
  }

  @Test
  void smallParentsAreMergedGlobally() {
    Decision decision = of(1, 1, 0, 999_999_999).decision();
    assertEquals(Decision.Merge.GLOBAL, decision.merge());
    assertTrue(decision.reason().contains("fewer than 1B parameters"), decision.reason());
  }

  @Test
  void waysToMergeHaveWords() {
    assertEquals("align-embeddings-first", Decision.Merge.ALIGN_EMBEDDINGS_FIRST.words());
    assertEquals("layer-adaptive", Decision.Merge.LAYER_ADAPTIVE.words());
    assertEquals("global", Decision.Merge.GLOBAL.words());
  }
}
