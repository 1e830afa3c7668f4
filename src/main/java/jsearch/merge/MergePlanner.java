package jsearch.merge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jsearch.checkpoint.Agreement;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
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
    requireFilters();
    OptionalInt rows = rows();
    warnOfTiedHeads();
    warnOfShortHead();
    Mixing mixing = new Mixing(recipe);
    List<Blend> blends = new ArrayList<>();
    for (Slot slot : slots.all()) {
      blends.add(blend(slot, mixing.mix(slot), rows));
    }
    warnOfExtrapolation(blends);
    return new MergePlan(recipe, parents, blends, slots.layers(), rows, warnings);
  }

  private void requireAgreement() {
    Checkpoint base = parents.get(recipe.base());
    boolean whole = recipe.slices().get(0).sources().get(0).range().isEmpty();
    for (Checkpoint parent : others()) {
      Agreement.require(base, parent);
      if (whole) {
        Agreement.requireSameLayers(base, parent);
      }
      if (recipe.tokenizer().isPresent()) {
        Vocabularies.requireSame(base, parent);
      }
      warnings.addAll(Agreement.warnings(base, parent));
    }
  }

  private List<Checkpoint> others() {
    return recipe.models().stream().skip(1).map(parents::get).toList();
  }

  /** Every filter of the recipe is part of a name that it is compared with. */
  private void requireFilters() {
    // A tied head has a name, too: recipes that set it apart are for tied models as well.
    Set<TensorName> merged = new LinkedHashSet<>(Set.of(TensorName.HEAD));
    Set<TensorName> read = new LinkedHashSet<>(Set.of(TensorName.HEAD));
    for (Slot slot : slots.all()) {
      merged.add(slot.name());
      slot.parts().forEach(part -> read.add(part.name()));
    }
    for (MergeRecipe.Slice slice : recipe.slices()) {
      slice.t().requireFilters(merged);
      slice.normalize().requireFilters(merged);
      slice.sources().forEach(source -> source.factor().requireFilters(read));
    }
  }

  private Blend blend(Slot slot, Mixing.Mixed mixed, OptionalInt rows) {
    List<Long> shape = new ArrayList<>(mixed.parts().get(0).tensor().shape());
    boolean tokens = slot.name().hasRowPerToken();
    if (tokens) {
      shape.set(0, (long) rows.orElseThrow());
    }
    mixed.parts().forEach(part -> requireShape(mixed.parts().get(0), part, tokens));
    DType rounded = recipe.dtype().orElse(mixed.format());
    return new Blend(
        slot.name(),
        shape,
        rounded,
        recipe.outDtype().orElse(rounded),
        mixed.parts().stream()
            .map(part -> tokens ? tokens(part.tensor(), shape) : input(part.tensor()))
            .toList(),
        mixed.mix());
  }

  private static void requireShape(Slot.Part first, Slot.Part part, boolean tokens) {
    List<Long> one = first.tensor().shape();
    List<Long> other = part.tensor().shape();
    int from = tokens ? 1 : 0;
    if (!one.subList(from, one.size()).equals(other.subList(from, other.size()))) {
      throw new InputException(
          "The shapes differ: tensor %s is %s in %s, but %s is %s in %s."
              .formatted(
                  first.tensor().name().text(),
                  one,
                  first.checkpoint().directory(),
                  part.tensor().name().text(),
                  other,
                  part.checkpoint().directory()));
    }
  }

  private Input input(TensorInfo tensor) {
    return Input.of(tensor).in(recipe.dtype().orElse(tensor.dtype()));
  }

  /** What a parent's embedding or head gives: its first rows. */
  private Input tokens(TensorInfo tensor, List<Long> shape) {
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    Span first = new Span(Optional.of(tensor), 0, elements);
    return new Input(List.of(first), recipe.dtype().orElse(tensor.dtype()));
  }

  /** Rows of embedding and head: those that all sources have, as mergekit. */
  private OptionalInt rows() {
    List<Slot.Part> parts =
        slots.all().stream()
            .filter(slot -> slot.name().hasRowPerToken())
            .flatMap(slot -> slot.parts().stream())
            .toList();
    parts.forEach(MergePlanner::requireRows);
    Slot.Part fewest = null;
    Slot.Part most = null;
    for (Slot.Part part : parts) {
      fewest = fewest == null || rows(part) < rows(fewest) ? part : fewest;
      most = most == null || rows(part) > rows(most) ? part : most;
    }
    if (fewest == null) {
      return OptionalInt.empty();
    }
    if (rows(fewest) < rows(most)) {
      warnings.add(
          "The vocabularies differ: %s has %d rows in %s, but %d in %s; the first %2$d are merged."
              .formatted(
                  fewest.tensor().name().text(),
                  rows(fewest),
                  fewest.checkpoint().directory(),
                  rows(most),
                  most.checkpoint().directory()));
    }
    return OptionalInt.of(Math.toIntExact(rows(fewest)));
  }

  private static long rows(Slot.Part part) {
    return part.tensor().shape().get(0);
  }

  private static void requireRows(Slot.Part part) {
    if (part.tensor().shape().isEmpty()) {
      throw new InputException(
          "Tensor %s of %s is a single number, expected a row a token."
              .formatted(part.tensor().name().text(), part.tensor().file()));
    }
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
