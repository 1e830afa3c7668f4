package jsearch.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jsearch.checkpoint.Role;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;

/**
 * The blend t of every tensor where slices of layers have templates of their own, as in mergekit.
 *
 * <p>A list's anchors spread over each slice anew. The embedding takes the first anchor of the
 * first slice's template, other tensors outside layers the first anchor of the last slice's.
 *
 * @param slices the slices, from the first layer to the last
 */
public record SlicedSchedule(List<Slice> slices) {
  /** Consecutive layers that blend by one template; their number is at least 1. */
  public record Slice(int layers, Template template) {
    public Slice {
      if (layers < 1) {
        throw new IllegalArgumentException("a slice of %d layers".formatted(layers));
      }
    }
  }

  public SlicedSchedule {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("a schedule without slices");
    }
  }

  /**
   * The blend of this tensor: 0 base, 1 donor.
   *
   * @throws InputException when no filter fits it
   */
  public double t(TensorName name) {
    if (name.layer().isEmpty()) {
      boolean first = name.role() == Role.EMBEDDING;
      Slice slice = slices.get(first ? 0 : slices.size() - 1);
      return rule(slice, name).anchors().get(0);
    }
    int position = name.layer().getAsInt();
    for (Slice slice : slices) {
      if (position < slice.layers()) {
        return rule(slice, name).t(position, slice.layers());
      }
      position -= slice.layers();
    }
    throw new InputException(
        "Tensor %s is in layer %d, but the slices end before it."
            .formatted(name.text(), name.layer().getAsInt()));
  }

  private static Template.Rule rule(Slice slice, TensorName name) {
    return slice.template().rules().stream()
        .filter(rule -> Schedule.fits(rule.filter(), name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    """
                    No filter of parameters.t fits tensor %s, expected one for every tensor.
                    Maybe end the list with a value that has no filter."""
                        .formatted(name.text())));
  }

  /** The filters that are part of none of these names: probably misspelt. */
  public List<String> idleFilters(Collection<TensorName> names) {
    List<String> idle = new ArrayList<>();
    for (Slice slice : slices) {
      for (Template.Rule rule : slice.template().rules()) {
        if (names.stream().noneMatch(name -> Schedule.fits(rule.filter(), name))) {
          idle.add(rule.filter());
        }
      }
    }
    return idle.stream().distinct().toList();
  }
}
