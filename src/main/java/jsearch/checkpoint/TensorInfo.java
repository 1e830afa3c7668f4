package jsearch.checkpoint;

import java.nio.file.Path;
import java.util.List;
import jsearch.document.InputException;

/**
 * Where a tensor lies: {@code bytes} bytes from {@code offset} of {@code file}, row-major.
 *
 * @param name its name in the checkpoint
 * @param dtype its number format
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param file the shard that holds it
 * @param offset bytes from the start of the file
 */
public record TensorInfo(TensorName name, DType dtype, List<Long> shape, Path file, long offset) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** The same elements under another name. */
  TensorInfo named(TensorName other) {
    return new TensorInfo(other, dtype, shape, file, offset);
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** The error of a tensor whose weights are not all finite. */
  public InputException notFinite() {
    return new InputException(
        "Tensor %s of %s holds a NaN or an infinity, expected finite weights."
            .formatted(name.text(), file));
  }

  /** Number of bytes. */
  public long bytes() {
    return Math.multiplyExact(elements(), dtype.bytes());
  }
}
