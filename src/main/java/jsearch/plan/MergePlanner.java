package jsearch.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jsearch.checkpoint.Agreement;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;

/** Makes a {@link MergePlan}: checks that recipe and checkpoints fit, then says what to mix. */
final class MergePlanner {
  private final MergeRecipe recipe;
  private final Map<String, Checkpoint> parents;
  private final SliceStack slots;
  private final List<String> warnings = new ArrayList<>();

  MergePlanner(MergeRecipe recipe, Map<String, Checkpoint> parents) {
    this.recipe = recipe;
    this.parents = parents;
    requireAgreement();
    this.slots = new SliceStack(recipe, parents);
  }

  /**
   * The plan.
   *
   * @throws InputException when the recipe does not fit the checkpoints
   */
  MergePlan plan() {
    warnings.addAll(recipe.remarks().warnings());
    warnOfFilters();
    warnOfEmptySlices();
    Optional<Alignment> alignment = alignment();
    TokenRows tokens = new TokenRows(slots.all(), parents, alignment);
    warnings.addAll(tokens.warnings());
    warnOfTiedHeads();
    warnOfShortHead();
    Mixing mixing = new Mixing(recipe);
    List<Blend> blends = new ArrayList<>();
    for (Slot slot : slots.all()) {
      blends.add(blend(slot, mixing.mix(slot), tokens));
    }
    warnOfExtrapolation(blends);
    return new MergePlan(recipe, parents, blends, alignment, warnings);
  }

  private Optional<Alignment> alignment() {
    if (recipe.tokenizer().isPresent()) {
      return recipe.tokenizer().map(source -> Alignment.of(parents, source.model()));
    }
    ImplicitTokens tokens = new ImplicitTokens(parents);
    Optional<String> why;
    try {
      why = tokens.disagreement();
    } catch (InputException e) {
      warnings.add("The parents' tokens are not compared: " + e.getMessage());
      return Optional.empty();
    }
    why.ifPresent(
        sentence ->
            warnings.add(
                """
                %s Rows are aligned by token, as by tokenizer_source: base; mergekit does so only if \
                the recipe says it."""
                    .formatted(sentence)));
    return why.map(tokens::aligned);
  }

  private void requireAgreement() {
    Checkpoint base = parents.get(recipe.base());
    parents.values().forEach(parent -> warnings.addAll(parent.warnings()));
    boolean whole = recipe.slices().get(0).sources().get(0).range().isEmpty();
    for (Checkpoint parent : others()) {
      Agreement.require(base, parent);
      if (whole) {
        Agreement.requireSameLayers(base, parent);
      }
      warnings.addAll(Agreement.warnings(base, parent));
    }
  }

  private List<Checkpoint> others() {
    return recipe.models().stream().skip(1).map(parents::get).toList();
  }

  /** A filter is part of a name that it is compared with, unless it is a slip. */
  private void warnOfFilters() {
    // A tied head has a name, too: recipes that set it apart are for tied models as well.
    Set<TensorName> merged = new LinkedHashSet<>(Set.of(TensorName.HEAD));
    Set<TensorName> read = new LinkedHashSet<>(Set.of(TensorName.HEAD));
    for (Slot slot : slots.all()) {
      merged.add(slot.name());
      slot.parts().forEach(part -> read.add(part.name()));
    }
    Set<String> unmatched = new LinkedHashSet<>(); // slices share the recipe's
    for (MergeRecipe.Slice slice : recipe.slices()) {
      unmatched.addAll(slice.t().unmatched(merged));
      unmatched.addAll(slice.normalize().unmatched(merged));
      slice.sources().forEach(source -> unmatched.addAll(source.factor().unmatched(read)));
    }
    warnings.addAll(unmatched);
  }

  private void warnOfEmptySlices() {
    recipe.slices().stream()
        .flatMap(slice -> slice.sources().get(0).range().stream())
        .filter(range -> range.layers() == 0)
        .forEach(
            range ->
                warnings.add(
                    "%s has no layers in it: the slice adds none, as in mergekit."
                        .formatted(range.source().place())));
  }

  private Blend blend(Slot slot, Mixing.Mixed mixed, TokenRows tokens) {
    List<Slot.Part> parts = mixed.parts();
    List<List<Long>> shapes = parts.stream().map(part -> shape(slot, part, tokens)).toList();
    for (int i = 0; i < parts.size(); i++) {
      if (!shapes.get(i).equals(shapes.get(0))) {
        throw shapesDiffer(parts.get(0), parts.get(i));
      }
    }
    DType rounded = recipe.dtype().orElse(mixed.format());
    return new Blend(
        slot.name(),
        shapes.get(0),
        rounded,
        recipe.outDtype().orElse(rounded),
        parts.stream().map(part -> input(slot, part, tokens)).toList(),
        mixed.mix());
  }

  private static List<Long> shape(Slot slot, Slot.Part part, TokenRows tokens) {
    return slot.name().hasRowPerToken() ? tokens.shape(part) : part.tensor().shape();
  }

  private Input input(Slot slot, Slot.Part part, TokenRows tokens) {
    DType format = recipe.dtype().orElse(part.tensor().dtype());
    return slot.name().hasRowPerToken()
        ? tokens.input(part, format)
        : Input.of(part.tensor()).in(format);
  }

  private static InputException shapesDiffer(Slot.Part first, Slot.Part other) {
    boolean same = first.tensor().name().equals(other.tensor().name());
    return new InputException(
        "The shapes differ: tensor %s is %s in %s, but %s%s in %s."
            .formatted(
                first.tensor().name().text(),
                first.tensor().shape(),
                first.checkpoint().directory(),
                same ? "" : other.tensor().name().text() + " is ",
                other.tensor().shape(),
                other.checkpoint().directory()));
  }

  private void warnOfTiedHeads() {
    slots.all().stream()
        .filter(slot -> slot.name().equals(TensorName.HEAD))
        .flatMap(slot -> slot.parts().stream())
        .filter(part -> !part.tensor().name().equals(TensorName.HEAD))
        .forEach(
            part ->
                warnings.add(
                    "%s has no %s: its embedding stands in, and the merge has a head of its own."
                        .formatted(part.checkpoint().directory(), TensorName.HEAD.text())));
  }

  private void warnOfShortHead() {
    List<MergeRecipe.Source> last = recipe.slices().get(recipe.slices().size() - 1).sources();
    List<MergeRecipe.Source> used = slots.outsideSources();
    if (used.size() < last.size()) {
      warnings.add(
          """
          The final norm and the head come from %s alone, as in mergekit: it takes no more \
          sources for them than the first slice has."""
              .formatted(used.stream().map(MergeRecipe.Source::model).toList()));
    }
  }

  private void warnOfExtrapolation(List<Blend> blends) {
    List<Blend> outside = blends.stream().filter(MergePlanner::extrapolates).toList();
    if (!outside.isEmpty()) {
      Blend first = outside.get(0);
      warnings.add(
          "t is %s for tensor %s, outside [0, 1]: %d of %d tensors extrapolate, as in mergekit."
              .formatted(
                  ((Mix.Slerp) first.mix()).t(),
                  first.name().text(),
                  outside.size(),
                  blends.size()));
    }
  }

  private static boolean extrapolates(Blend blend) {
    return blend.mix() instanceof Mix.Slerp slerp && (slerp.t() < 0 || slerp.t() > 1);
  }
}
