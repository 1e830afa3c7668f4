package jsearch.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A tensor in native memory; lives as long as the {@link Arena} it was made in. */
public final class Tensor {
  private final PtNDArray array;

  Tensor(PtNDArray array) {
    this.array = array;
  }

  PtNDArray array() {
    return array;
  }

  /** Dimensions, outermost first. */
  public List<Long> shape() {
    return Arrays.stream(array.getShape().getShape()).boxed().toList();
  }

  /** The elements in row-major order; the tensor must be float32. */
  public float[] floats() {
    requireType(DataType.FLOAT32);
    return array.toFloatArray();
  }

  /** The elements in row-major order; the tensor must be float64. */
  public double[] doubles() {
    requireType(DataType.FLOAT64);
    return array.toDoubleArray();
  }

  /** The elements in row-major order; the tensor must be int64. */
  public long[] longs() {
    requireType(DataType.INT64);
    return array.toLongArray();
  }

  /**
   * The elements' own memory in row-major order, little-endian, in the tensor's own format.
   *
   * <p>The tensor must be on the CPU, without gaps and below 2 GiB. Writing to it changes the
   * buffer; after its arena is closed the buffer must not be read.
   */
  public ByteBuffer memory() {
    return JniUtils.getByteBuffer(array, true).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireType(DataType type) {
    if (array.getDataType() != type) {
      throw new IllegalStateException("tensor is %s, not %s".formatted(array.getDataType(), type));
    }
  }
}
