package jsearch.plan;

import java.util.List;

/** How the inputs of a tensor become one. */
public sealed interface Mix {
  /** The spherical interpolation of base and donor at t, over the whole tensor. */
  record Slerp(double t) implements Mix {}

  /** The sum of the inputs, each times its weight; normalized, divided by the sum of weights. */
  record Sum(List<Double> weights, boolean normalized) implements Mix {
    public Sum {
      weights = List.copyOf(weights);
    }
  }

  /**
   * mergekit's nuslerp of two inputs at t: spherical without a linear threshold.
   *
   * <p>A third input is the origin that both are taken relative to: the interpolation is between
   * their differences to it, added to it.
   */
  record NuSlerp(double t) implements Mix {}
}
