package jsearch.plan;

import java.util.Optional;
import jsearch.checkpoint.TensorInfo;

/**
 * Consecutive elements of a parent's tensor, row-major.
 *
 * @param tensor where they lie; empty for zeros
 * @param first their first element
 * @param count their number
 */
public record Span(Optional<TensorInfo> tensor, long first, long count) {
  public Span {
    long end = Math.addExact(first, count);
    if (first < 0 || count < 0 || tensor.isPresent() && end > tensor.get().elements()) {
      throw new IllegalArgumentException(
          "elements %d to %d of %s".formatted(first, end, tensor.map(t -> t.name().text())));
    }
  }

  /** All of a tensor. */
  public static Span of(TensorInfo tensor) {
    return new Span(Optional.of(tensor), 0, tensor.elements());
  }

  /** So many zeros. */
  public static Span zeros(long count) {
    return new Span(Optional.empty(), 0, count);
  }
}
