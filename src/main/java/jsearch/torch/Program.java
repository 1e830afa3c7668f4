package jsearch.torch;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A loaded TorchScript program; its methods run on the device that their tensors are on. */
public final class Program {
  private final String name;
  private final PtSymbolBlock block;

  Program(String name, PtSymbolBlock block) {
    this.name = name;
    this.block = block;
  }

  /**
   * Runs a method that returns {@code List[Tensor]}; the results belong to the arena.
   *
   * @param arguments in the method's order: {@link Tensor}, a collection of tensors, {@link
   *     TensorMap}, int, long, double, boolean, String, long[] or double[]
   * @throws OutOfDeviceMemoryException when the device has no room
   */
  public List<Tensor> tensors(Arena arena, String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return Arrays.stream(result.toTensorArray(arena.manager())).map(arena::tensor).toList();
    }
  }

  /** Runs a method that returns {@code Tensor}; the result belongs to the arena. */
  public Tensor tensor(Arena arena, String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return arena.tensor(result.toTensor(arena.manager()));
    }
  }

  /** Runs a method that returns {@code List[float]}. */
  public double[] doubles(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toDoubleArray();
    }
  }

  /** Runs a method that returns {@code List[int]}. */
  public long[] longs(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toLongArray();
    }
  }

  /** Runs a method for its effect on the tensors given; it returns an int that says nothing. */
  public void effect(String method, Object... arguments) {
    run(method, arguments).close();
  }

  /** What libtorch says on a GPU, and on the CPUs of Linux and macOS, of Windows. */
  private static boolean tellsOfMemory(String reason) {
    return reason.contains("out of memory")
        || reason.contains("can't allocate memory")
        || reason.contains("not enough memory");
  }

  private IValue run(String method, Object... arguments) {
    // The setting is per thread, and profiling runs would make the first calls slow.
    JniUtils.setGraphExecutorOptimize(false);
    List<IValue> owned = new ArrayList<>();
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] instanceof TensorMap map) {
          values[i] = map.value();
        } else {
          values[i] = value(arguments[i]);
          owned.add(values[i]);
        }
      }
      return IValueUtils.runMethod(block, method, values);
    } catch (EngineException e) {
      String reason = String.valueOf(e.getMessage());
      if (tellsOfMemory(reason)) {
        throw new OutOfDeviceMemoryException("%s.%s: %s".formatted(name, method, reason), e);
      }
      throw new IllegalStateException("%s.%s: %s".formatted(name, method, reason), e);
    } finally {
      owned.forEach(IValue::close);
    }
  }

  private static IValue value(Object argument) {
    if (argument instanceof Tensor tensor) {
      return IValue.from(tensor.array());
    } else if (argument instanceof Collection<?> tensors) {
      return IValue.listFrom(
          tensors.stream().map(t -> ((Tensor) t).array()).toArray(PtNDArray[]::new));
    } else if (argument instanceof Integer || argument instanceof Long) {
      return IValue.from(((Number) argument).longValue());
    } else if (argument instanceof Double number) {
      return IValue.from(number);
    } else if (argument instanceof Boolean flag) {
      return IValue.from(flag);
    } else if (argument instanceof String text) {
      return IValue.from(text);
    } else if (argument instanceof long[] longs) {
      return IValue.listFrom(longs);
    } else if (argument instanceof double[] doubles) {
      return IValue.listFrom(doubles);
    }
    throw new IllegalArgumentException("no program takes a " + argument.getClass());
  }
}
