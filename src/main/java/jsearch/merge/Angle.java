package jsearch.merge;

/**
 * The angle between a tensor of the base and its partner of the donor, each one flat vector.
 *
 * @param cosine ⟨θ1,θ2⟩ / (‖θ1‖·‖θ2‖) in [-1,1]; 1 when a norm is zero
 * @param linear whether the pair interpolates linearly
 */
public record Angle(double cosine, boolean linear) {
  /** Beyond this |cosine| interpolation is linear, as in mergekit (its DOT_THRESHOLD). */
  static final double LINEAR_COSINE = 0.9995;

  private static final double EPSILON = 1e-6;

  /** From the sums of products ⟨θ1,θ2⟩, ⟨θ1,θ1⟩ and ⟨θ2,θ2⟩. */
  static Angle of(double product, double baseSquare, double donorSquare) {
    double norms = Math.sqrt(baseSquare) * Math.sqrt(donorSquare);
    if (norms == 0) {
      return new Angle(1, true);
    }
    double cosine = Math.max(-1, Math.min(1, product / norms));
    return new Angle(cosine, Math.abs(cosine) > LINEAR_COSINE);
  }

  /** The angle ω in radians, clipped to [ε, π−ε] with ε = 1e-6. */
  public double radians() {
    return Math.max(EPSILON, Math.min(Math.PI - EPSILON, Math.acos(cosine)));
  }

  /** Whether the vectors point in opposite directions, where no great circle is the shortest. */
  public boolean antiparallel() {
    return cosine < -LINEAR_COSINE;
  }

  /** Weight of the base at t: sin((1−t)ω)/sin ω, or 1−t where linear (Shoemake 1985). */
  double baseWeight(double t) {
    return donorWeight(1 - t);
  }

  /** Weight of the donor at t: sin(tω)/sin ω, or t where linear; exactly 0 at 0 and 1 at 1. */
  double donorWeight(double t) {
    if (linear || t == 0 || t == 1) {
      return t;
    }
    double omega = radians();
    return Math.sin(t * omega) / Math.sin(omega);
  }
}
