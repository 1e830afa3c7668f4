package jsearch.compat;

import java.util.Locale;

/**
 * What the compatibility of two parents advises.
 *
 * @param merge the merge to begin with
 * @param reason why, as the end of a sentence
 */
public record Decision(Merge merge, String reason) {
  /** Ways to merge. */
  public enum Merge {
    GLOBAL,
    LAYER_ADAPTIVE,
    ALIGN_EMBEDDINGS_FIRST;

    /** In words, such as {@code layer-adaptive}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
