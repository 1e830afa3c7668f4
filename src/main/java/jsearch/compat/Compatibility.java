package jsearch.compat;

import java.util.List;
import java.util.Map;

/**
 * How well two parents fit: S = α·O + β·Ā − γ·ω̄.
 *
 * @param tokens how much the vocabularies have in common; O is their overlap by string, since rows
 *     of the same token are brought together
 * @param similarity Ā: mean over layers of the linear CKA of the parents' hidden states, in [0,1]
 * @param angle ω̄: mean over layers of the layer's angle, in radians
 * @param layerSimilarity linear CKA a layer
 * @param layerAngles angle a layer in radians: the mean of its tensors' angles, by elements
 * @param roleAngles the same mean over all tensors of a role, in radians
 * @param parameters parameters of one parent
 */
public record Compatibility(
    Overlap tokens,
    double similarity,
    double angle,
    List<Double> layerSimilarity,
    List<Double> layerAngles,
    Map<String, Double> roleAngles,
    long parameters) {
  /** α and β share one unit of score; γ takes it all away at opposite parents (ω̄ = π). */
  static final double ALPHA = 0.5;

  static final double BETA = 0.5;
  static final double GAMMA = 1 / Math.PI;

  /** Beyond this mean angle in radians layers no longer correspond (about 29°). */
  static final double ANGLE_LIMIT = 0.5;

  /** Below this overlap the embedding rows of the parents mean different tokens. */
  static final double OVERLAP_LIMIT = 0.8;

  /** Below this size global SLERP is the safer default. */
  static final long SMALL = 1_000_000_000L;

  public Compatibility {
    layerSimilarity = List.copyOf(layerSimilarity);
    layerAngles = List.copyOf(layerAngles);
    roleAngles = Map.copyOf(roleAngles);
  }

  /** O: the overlap of the vocabularies, in [0,1]. */
  public double overlap() {
    return tokens.byString();
  }

  /** The compatibility score: 1 for identical parents, the higher the better. */
  public double score() {
    return ALPHA * overlap() + BETA * similarity - GAMMA * angle;
  }

  /** What the parts advise; a search keeps global SLERP as a baseline in any case. */
  public Decision decision() {
    if (overlap() < OVERLAP_LIMIT) {
      return new Decision(
          Decision.Merge.ALIGN_EMBEDDINGS_FIRST,
          "the tokenizers share %.0f%% of their tokens, less than %.0f%%"
              .formatted(100 * overlap(), 100 * OVERLAP_LIMIT));
    }
    if (angle > ANGLE_LIMIT) {
      return new Decision(
          Decision.Merge.GLOBAL,
          "the layers stand %.2f rad apart, more than %.2f".formatted(angle, ANGLE_LIMIT));
    }
    if (parameters < SMALL) {
      return new Decision(
          Decision.Merge.GLOBAL,
          "the parents have fewer than 1B parameters; layer-adaptive has to beat it");
    }
    return new Decision(
        Decision.Merge.LAYER_ADAPTIVE,
        "the tokenizers agree and the layers stand %.2f rad apart".formatted(angle));
  }
}
