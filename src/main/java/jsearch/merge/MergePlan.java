package jsearch.merge;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;

/** What a recipe makes of its parents, tensor by tensor. */
public final class MergePlan {
  private final MergeRecipe recipe;
  private final Map<String, Checkpoint> parents;
  private final List<Blend> blends;
  private final int layers;
  private final OptionalInt vocabulary;
  private final List<String> warnings;

  MergePlan(
      MergeRecipe recipe,
      Map<String, Checkpoint> parents,
      List<Blend> blends,
      int layers,
      OptionalInt vocabulary,
      List<String> warnings) {
    this.recipe = recipe;
    this.parents = parents;
    this.blends = List.copyOf(blends);
    this.layers = layers;
    this.vocabulary = vocabulary;
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

  /** Number of layers: {@code num_hidden_layers} of the merge's config. */
  int layers() {
    return layers;
  }

  /**
   * Rows of the embedding: {@code vocab_size} of the merge's config; empty without an embedding.
   */
  OptionalInt vocabulary() {
    return vocabulary;
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
