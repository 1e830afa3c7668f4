package jsearch.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.Setting;

/** How a tensor's parts become one, by the recipe's method and its parameters. */
final class Mixing {
  /** mergekit's: below this sum of weights nuslerp goes halfway. */
  private static final double NO_WEIGHT = 1e-6;

  private final MergeRecipe recipe;

  Mixing(MergeRecipe recipe) {
    this.recipe = recipe;
  }

  /**
   * What to carry out.
   *
   * @param parts the parts in the order that the mix asks for
   * @param format the result's, where the recipe names none
   */
  record Mixed(List<Slot.Part> parts, Mix mix, DType format) {}

  /**
   * The mix of this tensor.
   *
   * @throws InputException when a parameter is missing for it, or its weights have no sum
   */
  Mixed mix(Slot slot) {
    return switch (recipe.method()) {
      case SLERP -> slerp(slot);
      case LINEAR -> linear(slot);
      case PASSTHROUGH -> copy(slot, slot.parts().get(0));
      case NUSLERP -> nuslerp(slot);
    };
  }

  private Mixed slerp(Slot slot) {
    double t =
        slot.slice()
            .t()
            .at(slot.name(), slot.position())
            .orElseThrow(() -> missing("t", slot.name().text()));
    if (slot.parts().size() == 1) {
      return sum(slot.parts(), List.of(1.0), false);
    }
    List<Slot.Part> parts = new ArrayList<>(slot.parts());
    if (!isBase(slot, parts.get(0))) {
      parts.add(parts.remove(0));
    }
    return new Mixed(parts, new Mix.Slerp(t), parts.get(0).tensor().dtype());
  }

  private Mixed linear(Slot slot) {
    List<Double> weights = slot.parts().stream().map(part -> weight(slot, part)).toList();
    if (slot.slice().normalize().at(slot.name(), slot.position()).orElse(1) == 0) {
      return sum(slot.parts(), weights, false);
    }
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    if (!weights.stream().allMatch(weight -> Double.isFinite(weight / sum))) {
      throw new InputException(
          """
          The weights of tensor %s are %s, expected a sum that they can be divided by.
          Maybe set normalize: false."""
              .formatted(slot.name().text(), weights));
    }
    return sum(slot.parts(), weights, true);
  }

  private static Mixed copy(Slot slot, Slot.Part part) {
    double scale = part.source().factor().at(part.name(), slot.position()).orElse(1);
    return sum(slot.parts(), List.of(scale), false);
  }

  private Mixed nuslerp(Slot slot) {
    List<Slot.Part> parts = new ArrayList<>(slot.parts());
    List<Slot.Part> origin = parts.stream().filter(part -> isBase(slot, part)).toList();
    if (parts.size() == 1) {
      if (origin.isEmpty()) {
        weight(slot, parts.get(0)); // mergekit asks for it, and then has no use for it
      }
      return sum(parts, List.of(1.0), false);
    }
    parts.removeAll(origin);
    double first = weight(slot, parts.get(0));
    double second = weight(slot, parts.get(1));
    double sum = first + second;
    parts.addAll(origin);
    double t = Math.abs(sum) < NO_WEIGHT ? 0.5 : second / sum;
    return new Mixed(parts, new Mix.NuSlerp(t), common(parts));
  }

  private static Mixed sum(List<Slot.Part> parts, List<Double> weights, boolean normalized) {
    return new Mixed(parts, new Mix.Sum(weights, normalized), common(parts));
  }

  /** Where formats differ, mergekit's sums have the one that holds them all. */
  private static DType common(List<Slot.Part> parts) {
    return parts.stream().map(part -> part.tensor().dtype()).reduce(DType::with).orElseThrow();
  }

  private static boolean isBase(Slot slot, Slot.Part part) {
    return slot.slice().base().filter(part.source().model()::equals).isPresent();
  }

  private static double weight(Slot slot, Slot.Part part) {
    Setting weight = part.source().factor();
    OptionalDouble found = weight.at(part.name(), slot.position());
    return found.orElseThrow(
        () -> missing("weight", "%s of %s".formatted(part.name().text(), part.source().model())));
  }

  private static InputException missing(String parameter, String tensor) {
    return new InputException(
        """
        No filter of parameters.%s fits tensor %s, expected one for every tensor.
        Maybe end the list with a value that has no filter."""
            .formatted(parameter, tensor));
  }
}
