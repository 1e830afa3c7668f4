package jsearch.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.Role;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.Position;

/**
 * Which tensor of which source goes where, as mergekit 0.1.4 plans it.
 *
 * <p>Slices are stacked: layer j of the merge takes layer begin + offset of each source. The
 * embedding comes from the first slice's sources, all else outside layers from the last slice's.
 */
final class SliceStack {
  private static final Comparator<TensorName> BY_TEXT = Comparator.comparing(TensorName::text);
  private static final int OUTSIDE = -1;

  private final MergeRecipe recipe;
  private final Map<String, Checkpoint> parents;
  private final Map<String, Map<Integer, List<TensorName>>> names = new LinkedHashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private final int layers;

  /**
   * Stacks the recipe's slices.
   *
   * @param parents the checkpoint of each of {@code recipe.models()}
   * @throws InputException when a range or a tensor is not in its checkpoint
   */
  SliceStack(MergeRecipe recipe, Map<String, Checkpoint> parents) {
    this.recipe = recipe;
    this.parents = parents;
    parents.forEach((model, parent) -> names.put(model, byLayer(parent.tensors().keySet())));
    int layer = 0;
    for (MergeRecipe.Slice slice : recipe.slices()) {
      layer += stack(slice, layer);
    }
    layers = layer;
    if (layers == 0) {
      throw new InputException("The slices have no layers, expected at least one.");
    }
    addOutside(recipe.slices().get(0).sources(), recipe.slices().get(0), true);
    MergeRecipe.Slice last = recipe.slices().get(recipe.slices().size() - 1);
    addOutside(outsideSources(), last, false);
    slots.sort(Comparator.comparing(Slot::name, BY_TEXT));
  }

  private static Map<Integer, List<TensorName>> byLayer(Collection<String> names) {
    return names.stream()
        .map(TensorName::new)
        .collect(Collectors.groupingBy(name -> name.layer().orElse(OUTSIDE)));
  }

  /** All tensors of the merge, by their names. */
  List<Slot> all() {
    return slots;
  }

  /** Number of layers of the merge. */
  int layers() {
    return layers;
  }

  /**
   * The sources of the final norm and the head.
   *
   * <p>mergekit takes no more of them than the first slice has: a slip of its, kept because recipes
   * are published with the merges that it made.
   */
  List<MergeRecipe.Source> outsideSources() {
    List<MergeRecipe.Slice> slices = recipe.slices();
    List<MergeRecipe.Source> last = slices.get(slices.size() - 1).sources();
    return last.subList(0, Math.min(last.size(), slices.get(0).sources().size()));
  }

  /** Adds the layers of a slice and returns their number. */
  private int stack(MergeRecipe.Slice slice, int first) {
    slice.sources().forEach(this::requireRange);
    MergeRecipe.Source any = slice.sources().get(0);
    int count =
        any.range().map(MergeRecipe.Range::layers).orElse(parents.get(any.model()).layers());
    for (int offset = 0; offset < count; offset++) {
      SortedSet<TensorName> wanted = new TreeSet<>(BY_TEXT);
      for (MergeRecipe.Source source : slice.sources()) {
        for (TensorName name : inLayer(source, begin(source) + offset)) {
          wanted.add(name.inLayer(first + offset));
        }
      }
      for (TensorName name : wanted) {
        List<Slot.Part> parts = new ArrayList<>();
        for (MergeRecipe.Source source : slice.sources()) {
          parts.add(part(source, name.inLayer(begin(source) + offset), slice.sources()));
        }
        slots.add(new Slot(name, slice, new Position(offset, count), parts));
      }
    }
    return count;
  }

  private void requireRange(MergeRecipe.Source source) {
    Checkpoint parent = parents.get(source.model());
    source
        .range()
        .filter(range -> range.layers() > 0 && range.end() > parent.layers())
        .ifPresent(
            range -> {
              throw range
                  .source()
                  .expected(
                      "layers of %s, which has %d (end is exclusive)"
                          .formatted(source.model(), parent.layers()));
            });
  }

  private static int begin(MergeRecipe.Source source) {
    return source.range().map(MergeRecipe.Range::begin).orElse(0);
  }

  private List<TensorName> inLayer(MergeRecipe.Source source, int layer) {
    List<TensorName> found = names.get(source.model()).get(layer);
    if (found == null) {
      throw new InputException(
          "%s has no tensors of layer %d, expected names such as model.layers.%<d.mlp.up_proj.weight."
              .formatted(parents.get(source.model()).directory(), layer));
    }
    return found;
  }

  private void addOutside(
      List<MergeRecipe.Source> sources, MergeRecipe.Slice slice, boolean embedding) {
    SortedSet<TensorName> wanted = new TreeSet<>(BY_TEXT);
    for (MergeRecipe.Source source : sources) {
      names.get(source.model()).getOrDefault(OUTSIDE, List.of()).stream()
          .filter(name -> (name.role() == Role.EMBEDDING) == embedding)
          .forEach(wanted::add);
    }
    for (TensorName name : wanted) {
      List<Slot.Part> parts = sources.stream().map(source -> part(source, name, sources)).toList();
      slots.add(new Slot(name, slice, Position.FIRST, parts));
    }
  }

  private Slot.Part part(
      MergeRecipe.Source source, TensorName name, List<MergeRecipe.Source> sources) {
    Checkpoint parent = parents.get(source.model());
    if (!name.equals(TensorName.HEAD) && !parent.tensors().containsKey(name.text())) {
      throw new InputException(
          "%s lacks tensor %s, expected it because %s has it."
              .formatted(parent.directory(), name.text(), other(name, sources)));
    }
    return new Slot.Part(source, parent, name, parent.tensorOrTied(name));
  }

  /** A source that has this tensor in a layer of its own. */
  private String other(TensorName name, List<MergeRecipe.Source> sources) {
    return sources.stream()
        .map(source -> parents.get(source.model()))
        .filter(parent -> parent.tensors().containsKey(name.text()))
        .map(parent -> parent.directory().toString())
        .findFirst()
        .orElse("another source");
  }
}
