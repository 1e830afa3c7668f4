package jsearch.plan;

import java.util.List;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;

/**
 * What one parent gives to a tensor of the merge: one tensor of its files, or rows of several.
 *
 * @param spans the elements in order
 * @param format the format that they are read in; a narrower one than a file's rounds them
 */
public record Input(List<Span> spans, DType format) {
  public Input {
    spans = List.copyOf(spans);
  }

  /** A whole tensor in its own format. */
  public static Input of(TensorInfo tensor) {
    return new Input(List.of(Span.of(tensor)), tensor.dtype());
  }

  /** The same numbers read in this format. */
  public Input in(DType wanted) {
    return new Input(spans, wanted);
  }

  /** Number of elements. */
  public long elements() {
    return spans.stream().mapToLong(Span::count).sum();
  }
}
