package jsearch.merge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.schedule.Schedule;
import jsearch.torch.Tensor;

/** The weights of one candidate, written in place again and again. */
public final class CandidateWeights {
  private final ParentWeights parents;
  private final List<Tensor> buffers;

  CandidateWeights(ParentWeights parents, List<Tensor> buffers) {
    this.parents = parents;
    this.buffers = buffers;
  }

  /** The tensors by name; valid while the parents are open, whatever is written later. */
  public Map<String, Tensor> weights() {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < buffers.size(); i++) {
      named.put(parents.blends().get(i).name().text(), buffers.get(i));
    }
    return named;
  }

  /**
   * Becomes the merge by this schedule: every tensor interpolated spherically at its own t.
   *
   * <p>t = 0 and t = 1 give the parents bit for bit.
   */
  public void write(Schedule schedule) {
    double[] t = parents.blends().stream().mapToDouble(blend -> schedule.t(blend.name())).toArray();
    parents.blend(buffers, t);
  }
}
