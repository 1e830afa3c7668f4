package jsearch.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;

/** What a recipe makes of its parents, tensor by tensor. */
public final class MergePlan {
  private final MergeRecipe recipe;
  private final Map<String, Checkpoint> parents;
  private final List<Blend> blends;
  private final Optional<Alignment> alignment;
  private final List<String> warnings;

  MergePlan(
      MergeRecipe recipe,
      Map<String, Checkpoint> parents,
      List<Blend> blends,
      Optional<Alignment> alignment,
      List<String> warnings) {
    this.recipe = recipe;
    this.parents = parents;
    this.blends = List.copyOf(blends);
    this.alignment = alignment;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Plans the merge: every tensor has its inputs and weights.
   *
   * @param parents the checkpoint of each of {@code recipe.models()}
   * @throws InputException when the recipe does not fit the parents
   */
  public static MergePlan of(MergeRecipe recipe, Map<String, Checkpoint> parents) {
    return new MergePlanner(recipe, parents).plan();
  }

  MergeRecipe recipe() {
    return recipe;
  }

  /** The checkpoint whose config the merge has. */
  Checkpoint base() {
    return parents.get(recipe.base());
  }

  /** The checkpoint that the recipe gives this name. */
  Checkpoint parent(String name) {
    return parents.get(name);
  }

  /** The checkpoints that are merged. */
  public Collection<Checkpoint> parents() {
    return parents.values();
  }

  /** The tensors of the merge, in the order that they are written. */
  public List<Blend> blends() {
    return blends;
  }

  /** What a person should know before the merge, a sentence each. */
  public List<String> warnings() {
    return warnings;
  }

  /** Number of layers of the merge. */
  int layers() {
    return (int) blends.stream().flatMapToInt(b -> b.name().layer().stream()).distinct().count();
  }

  /** Which lines of the recipe have no effect, what becomes of the tokens: a sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(recipe.remarks().notes());
    alignment.ifPresent(aligned -> notes.addAll(aligned.notes()));
    return notes;
  }

  /** Which tokens the merge has, where the recipe says so. */
  Optional<Alignment> alignment() {
    return alignment;
  }

  /** The parent whose tokenizer the merge has; of a union's, the one that the rest is added to. */
  Checkpoint tokenizer() {
    return alignment
        .map(aligned -> parents.get(aligned.parents().get(aligned.source()).name()))
        .orElseGet(this::base);
  }

  /** The tensor of this name; empty when the merge has none. */
  Optional<Blend> blend(String name) {
    return blends.stream().filter(blend -> blend.name().text().equals(name)).findFirst();
  }

  /** The format of all weights; empty where they differ. */
  Optional<DType> format() {
    List<DType> formats = blends.stream().map(Blend::stored).distinct().toList();
    return formats.size() == 1 ? Optional.of(formats.get(0)) : Optional.empty();
  }

  /** Number of tensors that the merge has. */
  public int tensors() {
    return blends.size();
  }

  /** Bytes of weights that the merge has. */
  public long bytes() {
    return blends.stream().mapToLong(Blend::bytes).sum();
  }
}
