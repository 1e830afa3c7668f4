package jsearch.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.stream.Collectors;

/** Owner of tensors on one device: closing it frees all that were made in it. */
public final class Arena implements AutoCloseable {
  private final PtNDManager manager;

  Arena(PtNDManager manager) {
    this.manager = manager;
  }

  PtNDManager manager() {
    return manager;
  }

  /** An int64 tensor of these elements in row-major order. */
  public Tensor longs(long[] elements, long... shape) {
    return tensor(manager.create(LongBuffer.wrap(elements), new Shape(shape), DataType.INT64));
  }

  /** A float32 tensor of these elements in row-major order. */
  public Tensor floats(float[] elements, long... shape) {
    return tensor(manager.create(FloatBuffer.wrap(elements), new Shape(shape), DataType.FLOAT32));
  }

  /** Tensors by name, packed once so that programs can be called with them again and again. */
  public TensorMap map(Map<String, Tensor> tensors) {
    Map<String, PtNDArray> arrays =
        tensors.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().array()));
    return new TensorMap(manager, arrays);
  }

  /** An arena inside this one: closed with it at the latest. */
  public Arena nested() {
    return new Arena((PtNDManager) manager.newSubManager());
  }

  Tensor tensor(ai.djl.ndarray.NDArray array) {
    return new Tensor((PtNDArray) array);
  }

  @Override
  public void close() {
    manager.close();
  }
}
