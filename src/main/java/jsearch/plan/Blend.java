package jsearch.plan;

import java.util.List;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorName;

/**
 * A tensor of the merge: what it is made of and how.
 *
 * @param name its name in the merge
 * @param shape its dimensions, outermost first
 * @param rounded the format that the result is rounded to, once
 * @param stored the format that it is then stored in
 * @param inputs the parents' tensors in the order that the mix asks for, each of this shape
 * @param mix how they become one
 */
public record Blend(
    TensorName name, List<Long> shape, DType rounded, DType stored, List<Input> inputs, Mix mix) {
  public Blend {
    shape = List.copyOf(shape);
    inputs = List.copyOf(inputs);
    long elements = elements(shape);
    for (Input input : inputs) {
      if (input.elements() != elements) {
        throw new IllegalArgumentException(
            "%s has %d elements, an input %d".formatted(name.text(), elements, input.elements()));
      }
    }
  }

  /** Number of elements. */
  public long elements() {
    return elements(shape);
  }

  /** Number of bytes in the file. */
  public long bytes() {
    return Math.multiplyExact(elements(), stored.bytes());
  }

  private static long elements(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
