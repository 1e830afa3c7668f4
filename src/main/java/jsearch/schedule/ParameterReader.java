package jsearch.schedule;

import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads a recipe's parameters: the nearest place whose filter fits a tensor decides.
 *
 * <p>A model or source comes first, then its slice, then the recipe.
 */
final class ParameterReader {
  /** Larger numbers overflow the formats that merges are computed in. */
  private static final double LARGEST = Float.MAX_VALUE;

  private final Document recipe;
  private final MergeMethod method;

  ParameterReader(Document recipe, MergeMethod method) {
    this.recipe = recipe;
    this.method = method;
  }

  /**
   * Slerp's t; without rules for other methods.
   *
   * @param slice the slice that is read, if any
   */
  Setting t(Optional<Document> slice) {
    if (method != MergeMethod.SLERP) {
      return Setting.NONE;
    }
    Setting t = shared("t", slice, ParameterReader::number);
    if (t.rules().isEmpty()) {
      throw new InputException(
          "%s: parameters.t is missing.".formatted(slice.orElse(recipe).place()));
    }
    return t;
  }

  /** Linear's truth value, 1 or 0; without rules for other methods. */
  Setting normalize(Optional<Document> slice) {
    if (method != MergeMethod.LINEAR) {
      return Setting.NONE;
    }
    Setting flag = shared("normalize", slice, value -> value.bool() ? 1 : 0);
    for (Setting.Rule rule : flag.rules()) {
      if (rule.anchors().size() > 1) {
        throw rule.source().expected("true or false, not a list of them");
      }
    }
    return flag;
  }

  /**
   * A source's own number: weight or scale; without rules for slerp.
   *
   * @param item the model or source; empty for a base that the recipe does not list
   */
  Setting factor(Optional<Document> item, Optional<Document> slice) {
    if (method == MergeMethod.SLERP) {
      item.flatMap(found -> found.find("parameters")).ifPresent(ParameterReader::refuseOwn);
      return Setting.NONE;
    }
    String name = method == MergeMethod.PASSTHROUGH ? "scale" : "weight";
    return find(item, method.ownParameters(), name, ParameterReader::number)
        .or(shared(name, slice, ParameterReader::number));
  }

  private static void refuseOwn(Document parameters) {
    throw new InputException(
        """
        %s is not supported here: mergekit's slerp ignores it.
        Maybe move t to the parameters of the recipe or of a slice."""
            .formatted(parameters.place()));
  }

  private Setting shared(String name, Optional<Document> slice, ToDoubleFunction<Document> number) {
    return find(slice, method.parameters(), name, number)
        .or(find(Optional.of(recipe), method.parameters(), name, number));
  }

  private static Setting find(
      Optional<Document> place, Set<String> known, String name, ToDoubleFunction<Document> number) {
    Optional<Document> parameters =
        place.flatMap(found -> found.find("parameters")).map(found -> found.allow(known));
    parameters.ifPresent(ParameterReader::requireWholeTensors);
    return parameters
        .flatMap(found -> found.find(name))
        .map(value -> Setting.read(value, number))
        .orElse(Setting.NONE);
  }

  /** Refuses what makes nuslerp interpolate row by row. */
  private static void requireWholeTensors(Document parameters) {
    require(parameters, "nuslerp_flatten", true);
    require(parameters, "nuslerp_row_wise", false);
  }

  private static void require(Document parameters, String name, boolean only) {
    parameters
        .find(name)
        .ifPresent(
            value -> {
              if (!value.isBool() || value.bool() != only) {
                throw value.expected("%s; row by row is not supported".formatted(only));
              }
            });
  }

  private static double number(Document value) {
    double number = value.number();
    if (Math.abs(number) > LARGEST) {
      throw value.expected("a number from -3.4e38 to 3.4e38");
    }
    return number;
  }
}
