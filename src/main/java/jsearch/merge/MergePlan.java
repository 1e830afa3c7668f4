package jsearch.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.SlicedSchedule;

/** What a recipe makes of its parents, tensor by tensor. */
public final class MergePlan {
  private final MergeRecipe recipe;
  private final Map<String, Checkpoint> parents;
  private final List<Blend> blends;
  private final List<String> warnings;

  private MergePlan(
      MergeRecipe recipe,
      Map<String, Checkpoint> parents,
      List<Blend> blends,
      List<String> warnings) {
    this.recipe = recipe;
    this.parents = parents;
    this.blends = List.copyOf(blends);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Plans the merge: every tensor has a t, and tokens fit where the recipe asks for it.
   *
   * @param parents the checkpoint of each of {@code recipe.models()}
   * @throws InputException when the recipe does not fit the parents
   */
  public static MergePlan of(MergeRecipe recipe, Map<String, Checkpoint> parents) {
    Parents pair = new Parents(parents.get(recipe.base()), parents.get(recipe.donor()));
    List<TensorName> names = pair.pairs().stream().map(Parents.Pair::name).toList();
    SlicedSchedule schedule = recipe.schedule(pair.base().layers());
    if (recipe.tokenizer().isPresent()) {
      Vocabularies.requireSame(pair);
    }
    List<String> warnings = new ArrayList<>(pair.warnings());
    for (String filter : schedule.idleFilters(names)) {
      warnings.add("Filter %s is part of no tensor's name: its t is not used.".formatted(filter));
    }
    List<Blend> blends =
        pair.pairs().stream()
            .map(tensors -> blend(recipe, tensors, schedule.t(tensors.name())))
            .toList();
    return new MergePlan(recipe, parents, blends, warnings);
  }

  private static Blend blend(MergeRecipe recipe, Parents.Pair pair, double t) {
    DType rounded = recipe.dtype().orElse(pair.base().dtype());
    return new Blend(
        pair.name(),
        pair.base().shape(),
        rounded,
        recipe.outDtype().orElse(rounded),
        List.of(input(recipe, pair.base()), input(recipe, pair.donor())),
        new Mix.Slerp(t));
  }

  private static Input input(MergeRecipe recipe, TensorInfo tensor) {
    return Input.of(tensor).in(recipe.dtype().orElse(tensor.dtype()));
  }

  MergeRecipe recipe() {
    return recipe;
  }

  /** The checkpoint whose config, and unless the recipe says otherwise tokenizer, the merge has. */
  Checkpoint base() {
    return parents.get(recipe.base());
  }

  /** The checkpoint that the recipe gives this name. */
  Checkpoint parent(String name) {
    return parents.get(name);
  }

  Collection<Checkpoint> parents() {
    return parents.values();
  }

  /** The tensors of the merge, in the order that they are written. */
  List<Blend> blends() {
    return blends;
  }

  /** What a person should know before the merge, a sentence each. */
  List<String> warnings() {
    return warnings;
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
