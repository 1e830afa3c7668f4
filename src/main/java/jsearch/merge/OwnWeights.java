package jsearch.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.torch.Tensor;

/**
 * A parent's own weights in the format that is computed in, to be run by themselves.
 *
 * <p>Tensors that are in that format already are the resident ones. The others are copied into the
 * buffers of a candidate, and into ones of their own only where the candidate has none of that name
 * and shape: so a parent costs no memory but that of an embedding with other rows.
 */
public final class OwnWeights {
  private final Kernel kernel;
  private final Map<String, Tensor> weights;
  private final List<Tensor> from = new ArrayList<>();
  private final List<Tensor> to = new ArrayList<>();

  OwnWeights(Kernel kernel) {
    this.kernel = kernel;
    this.weights = new LinkedHashMap<>();
  }

  /** A tensor that is run as it is. */
  void add(String name, Tensor resident) {
    weights.put(name, resident);
  }

  /** A tensor that is copied into a buffer before it is run. */
  void add(String name, Tensor resident, Tensor buffer) {
    weights.put(name, buffer);
    from.add(resident);
    to.add(buffer);
  }

  /** The tensors by name; they hold the parent from each {@link #write} to a candidate's next. */
  public Map<String, Tensor> weights() {
    return Collections.unmodifiableMap(weights);
  }

  /** Puts the parent into the buffers, each number rounded once where the format is narrower. */
  public void write() {
    kernel.copy(to, from);
  }
}
