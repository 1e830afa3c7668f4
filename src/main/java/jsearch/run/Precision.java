package jsearch.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.document.Nearest;
import jsearch.torch.Torch;

/**
 * The format that weights and activations are computed in, by the names that people give.
 *
 * <p>Whatever it is, a candidate is first rounded once to its own format, as a recipe makes it.
 */
public enum Precision {
  AUTO(Optional.empty()),
  FLOAT32(Optional.of(DType.F32)),
  BFLOAT16(Optional.of(DType.BF16)),
  FLOAT16(Optional.of(DType.F16));

  private final Optional<DType> format;

  Precision(Optional<DType> format) {
    this.format = format;
  }

  /**
   * The precision of this name: {@code auto}, {@code float32}, {@code bfloat16} or {@code float16}.
   *
   * @throws InputException for any other name
   */
  public static Precision named(String name) {
    return Arrays.stream(values())
        .filter(precision -> precision.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "Dtype is %s, expected one of: %s.%s"
                        .formatted(name, String.join(", ", names()), Nearest.hint(name, names()))));
  }

  /** The precision that always is this format; computing in float64 there is none. */
  static Precision of(DType format) {
    return Arrays.stream(values())
        .filter(precision -> precision.format.equals(Optional.of(format)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing is computed in " + format));
  }

  /**
   * The format for a checkpoint on a device.
   *
   * <p>{@code auto} is the checkpoint's own on a GPU. On the CPU it is float32: most have no
   * bfloat16 units, and libtorch's substitute is many times slower.
   */
  DType format(Torch torch, Checkpoint checkpoint) {
    DType own = own(checkpoint);
    boolean wide = torch.device().equals("cpu") || own == DType.F64;
    return format.orElse(wide ? DType.F32 : own);
  }

  /** The format of a checkpoint's weights. */
  static DType own(Checkpoint checkpoint) {
    return checkpoint.tensors().values().iterator().next().dtype();
  }

  /** The name, as {@link #named} takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(Precision::toString).toList();
  }
}
