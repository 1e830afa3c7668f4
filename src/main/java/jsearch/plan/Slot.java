package jsearch.plan;

import java.util.List;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.Position;

/**
 * A tensor of the merge and what the sources of its slice give to it.
 *
 * @param name its name in the merge
 * @param slice the slice of the recipe that says how
 * @param position where in the slice it stands
 * @param parts one a source, in the recipe's order
 */
record Slot(TensorName name, MergeRecipe.Slice slice, Position position, List<Part> parts) {
  Slot {
    parts = List.copyOf(parts);
  }

  /**
   * A source's tensor.
   *
   * @param name its name for filters: the source's own layer; the head's where the embedding stands
   *     in for it
   */
  record Part(
      MergeRecipe.Source source, Checkpoint checkpoint, TensorName name, TensorInfo tensor) {}
}
