package jsearch.schedule;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads a recipe's parameters: the nearest place whose filter fits a tensor decides.
 *
 * <p>A model or source comes first, then its slice, then the recipe.
 */
final class ParameterReader {
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
      throw missing(slice.orElse(recipe));
    }
    return t;
  }

  private static InputException missing(Document place) {
    String message = "%s: parameters.t is missing.".formatted(place.place());
    return Stream.of("models", "sources")
        .flatMap(list -> place.find(list).stream())
        .flatMap(list -> list.items().stream())
        .flatMap(item -> item.find("parameters").stream())
        .flatMap(parameters -> parameters.find("t").stream())
        .findFirst()
        .map(
            own ->
                new InputException(
                    """
                    %s
                    Maybe move %s to the parameters of the recipe or of a slice: slerp ignores it \
                    where it is."""
                        .formatted(message, own.place())))
        .orElse(new InputException(message));
  }

  /** Linear's truth value, 1 or 0; without rules for other methods. */
  Setting normalize(Optional<Document> slice) {
    return method == MergeMethod.LINEAR
        ? shared("normalize", slice, Setting::readFlag)
        : Setting.NONE;
  }

  /**
   * A source's own number: weight or scale; without rules for slerp.
   *
   * @param item the model or source; empty for a base that the recipe does not list
   */
  Setting factor(Optional<Document> item, Optional<Document> slice) {
    if (method == MergeMethod.SLERP) {
      return Setting.NONE;
    }
    String name = method == MergeMethod.PASSTHROUGH ? "scale" : "weight";
    return find(item, name, ParameterReader::number)
        .or(shared(name, slice, ParameterReader::number));
  }

  private Setting shared(String name, Optional<Document> slice, Function<Document, Setting> read) {
    return find(slice, name, read).or(find(Optional.of(recipe), name, read));
  }

  private static Setting find(
      Optional<Document> place, String name, Function<Document, Setting> read) {
    return place
        .flatMap(found -> found.find("parameters"))
        .flatMap(parameters -> parameters.find(name))
        .map(read)
        .orElse(Setting.NONE);
  }

  private static Setting number(Document value) {
    return Setting.read(value, Coercion::number);
  }

  /** Refuses what makes nuslerp interpolate row by row. */
  void requireWholeTensors(Optional<Document> slice) {
    if (method == MergeMethod.NUSLERP) {
      require(shared("nuslerp_flatten", slice, Setting::readFlag), true);
      require(shared("nuslerp_row_wise", slice, Setting::readFlag), false);
    }
  }

  private static void require(Setting flag, boolean only) {
    for (Setting.Rule rule : flag.rules()) {
      if (!rule.anchors().stream().allMatch(value -> value == (only ? 1 : 0))) {
        throw rule.source().expected("%s; row by row is not supported".formatted(only));
      }
    }
  }
}
