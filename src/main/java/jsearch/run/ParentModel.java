package jsearch.run;

import java.util.List;
import jsearch.merge.OwnWeights;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;

/**
 * A parent as it is by itself: its own weights, config, tokenizer and chat template.
 *
 * <p>So its scores are what {@code jsearch eval} says of it, whatever the merge takes from the
 * other parent. It shares buffers with the candidate, and is written before each use.
 */
record ParentModel(OwnWeights weights, Examinee examinee) {
  /** Its hidden states, as {@link jsearch.model.Decoder#states}. */
  List<Tensor> states(Arena scope, List<List<Integer>> rows) {
    weights.write();
    return examinee.decoder().states(scope, rows);
  }
}
