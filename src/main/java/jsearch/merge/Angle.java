package jsearch.merge;

/**
 * The angle between a tensor of the base and its partner of the donor, each one flat vector.
 *
 * @param cosine ⟨θ1,θ2⟩ / (‖θ1‖·‖θ2‖) in [-1,1]; 1 when both norms are zero
 * @param linear whether the pair interpolates linearly
 */
public record Angle(double cosine, boolean linear) {
  /** Beyond this |cosine| mergekit's slerp is linear (its DOT_THRESHOLD). */
  static final double LINEAR_COSINE = 0.9995;

  /** Up to this norm mergekit's slerp does not normalise (its eps). */
  private static final double LEAST_NORM = 1e-8;

  /** mergekit's nuslerp divides by this norm at least, and is linear below this sine. */
  private static final double NUSLERP_LEAST_NORM = 1e-7;

  private static final double NUSLERP_LEAST_SINE = 1e-8;

  private static final double EPSILON = 1e-6;

  /** From the sums of products ⟨θ1,θ2⟩, ⟨θ1,θ1⟩ and ⟨θ2,θ2⟩. */
  static Angle of(Interpolation rule, double[] sums) {
    double base = Math.sqrt(sums[1]);
    double donor = Math.sqrt(sums[2]);
    boolean paper = rule == Interpolation.PAPER;
    if (base == 0 && donor == 0 || paper && (base == 0 || donor == 0)) {
      return new Angle(1, true);
    }
    if (paper) {
      return new Angle(clip(sums[0] / base / donor), false);
    }
    double cosine =
        clip(sums[0] / (base > LEAST_NORM ? base : 1) / (donor > LEAST_NORM ? donor : 1));
    return new Angle(cosine, Math.abs(cosine) > LINEAR_COSINE);
  }

  /** The same by mergekit's nuslerp: linear only where the sine vanishes. */
  static Angle nuSlerp(double[] sums) {
    double base = Math.max(NUSLERP_LEAST_NORM, Math.sqrt(sums[1]));
    double donor = Math.max(NUSLERP_LEAST_NORM, Math.sqrt(sums[2]));
    double cosine = clip(sums[0] / base / donor);
    return new Angle(cosine, Math.sqrt(1 - cosine * cosine) < NUSLERP_LEAST_SINE);
  }

  private static double clip(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }

  /** The angle ω in radians, clipped to [ε, π−ε] with ε = 1e-6. */
  public double radians() {
    return Math.max(EPSILON, Math.min(Math.PI - EPSILON, Math.acos(cosine)));
  }

  /** Whether the vectors point in opposite directions, where no great circle is the shortest. */
  public boolean antiparallel() {
    return cosine < -LINEAR_COSINE;
  }

  /** Weights of base and donor at t, which may be outside [0,1]. */
  double[] weights(double t) {
    return new double[] {donorWeight(1 - t), donorWeight(t)};
  }

  /** sin(tω)/sin ω (Shoemake 1985), or t where linear; exactly 0 at 0 and 1 at 1. */
  private double donorWeight(double t) {
    if (linear || t == 0 || t == 1) {
      return t;
    }
    double omega = radians();
    return Math.sin(t * omega) / Math.sin(omega);
  }
}
