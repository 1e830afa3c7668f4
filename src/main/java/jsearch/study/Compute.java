package jsearch.study;

import java.util.OptionalInt;

/**
 * What the numbers are computed with; the same arithmetic needs the same of all.
 *
 * @param device as resolved: {@code cpu}, {@code gpu:0}; {@code gpu} for several GPUs
 * @param dtype the format that weights and activations are computed in
 * @param threads of a worker on the CPU, where their number decides the order of sums
 * @param batchTokens tokens that a batch holds at most, which decides how rows are padded; empty in
 *     studies that are older than the choice
 * @param workers trials that are evaluated at one time, which decides the rivals in a race
 */
public record Compute(
    String device, String dtype, OptionalInt threads, OptionalInt batchTokens, int workers) {
  public Compute {
    if (device.isBlank() || dtype.isBlank()) {
      throw new IllegalArgumentException("compute needs a device and a dtype");
    }
    if (threads.orElse(1) < 1 || batchTokens.orElse(1) < 1 || workers < 1) {
      throw new IllegalArgumentException(
          "compute needs at least 1 thread, 1 token a batch and 1 worker");
    }
  }
}
