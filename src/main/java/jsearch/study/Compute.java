package jsearch.study;

import java.util.OptionalInt;

/**
 * What the numbers are computed with; the same arithmetic needs the same of all three.
 *
 * @param device as resolved: {@code cpu}, {@code gpu:0}
 * @param dtype the format that weights and activations are computed in
 * @param threads on the CPU, where the number of threads decides the order of sums
 */
public record Compute(String device, String dtype, OptionalInt threads) {
  public Compute {
    if (device.isBlank() || dtype.isBlank() || threads.orElse(1) < 1) {
      throw new IllegalArgumentException("compute needs a device, a dtype and at least 1 thread");
    }
  }
}
