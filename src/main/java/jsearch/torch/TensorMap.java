package jsearch.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Map;

/**
 * Tensors by name as one argument of programs ({@code Dict[str, Tensor]}); freed with its arena.
 */
public final class TensorMap {
  private final IValue value;

  TensorMap(PtNDManager manager, Map<String, PtNDArray> arrays) {
    value = IValue.stringMapFrom(arrays);
    manager.attachInternal(value.getUid(), value);
  }

  IValue value() {
    return value;
  }
}
