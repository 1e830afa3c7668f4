package jsearch.compat;

import java.util.List;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;

/** A parent as the comparison sees it: token ids in, hidden states out. */
@FunctionalInterface
public interface States {
  /**
   * Its hidden states after each layer at every position of each row, rows one after the other.
   *
   * @param scope owns them
   * @return one tensor a layer, float32 [positions, hidden]
   */
  List<Tensor> of(Arena scope, List<List<Integer>> rows);
}
