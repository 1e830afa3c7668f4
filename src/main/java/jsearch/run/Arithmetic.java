package jsearch.run;

import java.util.OptionalInt;
import jsearch.torch.Torch;

/**
 * What a user asks of the arithmetic; with the same resolved, numbers come out the same.
 *
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}, whatever a user called it
 * @param precision the format that weights and activations are computed in
 * @param batchTokens tokens that a batch holds at most; empty for what the device has room for
 */
public record Arithmetic(String device, Precision precision, OptionalInt batchTokens) {
  public Arithmetic {
    device = Torch.deviceName(device);
    if (batchTokens.orElse(1) < 1) {
      throw new IllegalArgumentException("a batch of at most " + batchTokens + " tokens");
    }
  }

  /** As {@code auto} decides for everything but the device. */
  public static Arithmetic on(String device) {
    return new Arithmetic(device, Precision.AUTO, OptionalInt.empty());
  }
}
