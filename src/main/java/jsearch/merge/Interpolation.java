package jsearch.merge;

import java.util.Locale;

/** Which angle two tensors are interpolated by, where the method's paper and mergekit differ. */
public enum Interpolation {
  /**
   * As mergekit: linear beyond |cos| = 0.9995; a tensor of norm up to 1e-8 is not normalised, so
   * that a tensor of zeros counts as orthogonal.
   */
  MERGEKIT,

  /** As the paper: spherical at any angle in [1e-6, π−1e-6]; linear only where a norm is zero. */
  PAPER;

  /** The name, as {@code --method} takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
