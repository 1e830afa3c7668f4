package jsearch.merge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import jsearch.checkpoint.DType;

/**
 * How far a merge's numbers are from mergekit's.
 *
 * <p>mergekit computes norms, angle and weights in float32, we in float64. In two-byte formats that
 * shows only where a number lies near a tie: a rare number is its neighbour. In float32 it shows in
 * last places of many numbers, because a whole tensor is longer or shorter by some 2^-24; so a
 * tensor's error is measured there against its length, and that of a number, which may be what is
 * left of larger summands, in units of the tensor's largest.
 */
final class GoldenDifference {
  private static final double RARE = 0.001;
  private static final double FEW_LAST_PLACES = 0x1p-22;

  private long elements;
  private long neighbours;
  private double units;
  private double length;
  private double unitsOfLargest;

  /** Counts one tensor in. */
  void add(DType dtype, double[] theirs, double[] ours) {
    double largest = Arrays.stream(theirs).map(Math::abs).max().orElseThrow();
    double square = 0;
    double error = 0;
    for (int i = 0; i < theirs.length; i++) {
      double distance = Math.abs(ours[i] - theirs[i]);
      square += theirs[i] * theirs[i];
      error += distance * distance;
      if (dtype == DType.F32) {
        unitsOfLargest = Math.max(unitsOfLargest, distance / Naive.ulp(largest, dtype));
      } else if (distance > 0) {
        neighbours++;
        units = Math.max(units, distance / Naive.ulp(theirs[i], dtype));
      }
    }
    elements += theirs.length;
    if (dtype == DType.F32 && error > 0) {
      length = Math.max(length, Math.sqrt(error / square));
    }
  }

  void requireRareRoundings() {
    assertTrue(elements > 2000, this::toString);
    assertTrue(neighbours <= RARE * elements && units <= 1, this::toString);
    assertTrue(length <= FEW_LAST_PLACES && unitsOfLargest <= 2, this::toString);
  }

  @Override
  public String toString() {
    return "%d of %d differ, by %s units; in float32 by %s of a length, %s units of the largest"
        .formatted(neighbours, elements, units, length, unitsOfLargest);
  }
}
