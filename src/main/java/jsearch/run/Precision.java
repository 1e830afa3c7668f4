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
  FLOAT32(Optional.of(DType.F32), "fp32", "float"),
  BFLOAT16(Optional.of(DType.BF16), "bf16"),
  FLOAT16(Optional.of(DType.F16), "fp16", "half");

  private final Optional<DType> format;
  private final List<String> aliases;

  Precision(Optional<DType> format, String... aliases) {
    this.format = format;
    this.aliases = List.of(aliases);
  }

  /**
   * The precision of this name: {@code auto}, {@code float32}, {@code bfloat16} or {@code float16}.
   *
   * <p>PyTorch's and others' short names mean the same; a study records the long one.
   *
   * @throws InputException for any other name
   */
  public static Precision named(String name) {
    return Arrays.stream(values())
        .filter(precision -> precision.toString().equals(name) || precision.aliases.contains(name))
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
    DType own = checkpoint.tensors().values().iterator().next().dtype();
    boolean wide = torch.device().equals("cpu") || own == DType.F64;
    return format.orElse(wide ? DType.F32 : own);
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
