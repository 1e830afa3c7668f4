package jsearch.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads mergekit's dialect (0.1.4): {@code merge_method: slerp} of two parents.
 *
 * <p>{@code models} or {@code slices}; {@code parameters.t} of slices before that of the recipe;
 * {@code dtype}, {@code out_dtype}, {@code tokenizer_source}. Anything else is refused by name, for
 * a merge that ignores a line of its recipe is another merge.
 */
final class RecipeReader {
  private static final Set<String> KEYS =
      Set.of(
          "merge_method",
          "base_model",
          "models",
          "slices",
          "parameters",
          "dtype",
          "out_dtype",
          "tokenizer_source");
  private static final int MOST_LAYERS = 100_000;

  private final Document recipe;
  private final Document base;
  private Document donor;

  private RecipeReader(Document recipe) {
    this.recipe = recipe;
    this.base = recipe.at("base_model");
  }

  /** Reads a recipe of this text. */
  static MergeRecipe read(String text, Document recipe) {
    Document method = recipe.at("merge_method");
    if (!method.text().equals("slerp")) {
      throw method.expected("slerp; other methods are not supported yet");
    }
    return new RecipeReader(recipe.allow(KEYS)).read(text);
  }

  private MergeRecipe read(String text) {
    model(base);
    Optional<Document> models = recipe.find("models");
    Optional<Document> slices = recipe.find("slices");
    if (models.isPresent() == slices.isPresent()) {
      throw new InputException(
          "%s has %s, expected one of them."
              .formatted(
                  recipe.source(),
                  models.isPresent() ? "both models and slices" : "neither models nor slices"));
    }
    List<MergeRecipe.Slice> read =
        models.isPresent() ? List.of(models(models.get())) : slices(slices.get());
    return new MergeRecipe(
        text,
        base.text(),
        donor.text(),
        read,
        dtype("dtype"),
        dtype("out_dtype"),
        recipe.find("tokenizer_source").map(this::tokenizer));
  }

  private MergeRecipe.Slice models(Document models) {
    models.items().forEach(item -> parent(item, Set.of("model")));
    requireDonor(models);
    if (repeats(models)) {
      throw models.expected("each model once");
    }
    return new MergeRecipe.Slice(Optional.empty(), template(List.of(recipe)));
  }

  private List<MergeRecipe.Slice> slices(Document slices) {
    List<MergeRecipe.Slice> read = new ArrayList<>();
    for (Document slice : slices.items()) {
      slice.allow(Set.of("sources", "parameters"));
      Document sources = slice.at("sources");
      for (Document source : sources.items()) {
        parent(source, Set.of("model", "layer_range"));
      }
      requireDonor(sources);
      if (sources.items().size() != 2 || repeats(sources)) {
        throw sources.expected("two sources, the base and the donor");
      }
      read.add(
          new MergeRecipe.Slice(
              Optional.of(range(sources.items())), template(List.of(slice, recipe))));
    }
    if (read.isEmpty()) {
      throw slices.expected("at least one slice");
    }
    return read;
  }

  private static boolean repeats(Document items) {
    List<String> names = items.items().stream().map(item -> item.at("model").text()).toList();
    return names.stream().distinct().count() < names.size();
  }

  /** A model or source: the base, or the one donor. */
  private void parent(Document item, Set<String> keys) {
    if (item.find("parameters").isPresent()) {
      throw new InputException(
          """
          %s is not supported here: mergekit's slerp ignores it.
          Maybe move t to the parameters of the recipe or of a slice."""
              .formatted(item.at("parameters").place()));
    }
    item.allow(keys);
    Document model = item.at("model");
    model(model);
    if (model.text().equals(base.text())) {
      return;
    }
    if (donor != null && !donor.text().equals(model.text())) {
      throw model.expected(
          "the base %s or the donor %s; slerp merges two parents"
              .formatted(base.text(), donor.text()));
    }
    donor = model;
  }

  private void requireDonor(Document where) {
    if (donor == null) {
      throw where.expected("a model other than the base %s".formatted(base.text()));
    }
  }

  private static void model(Document model) {
    if (model.text().isBlank() || model.text().contains("+")) {
      throw model.expected("a checkpoint; adapters (model+lora) are not supported");
    }
  }

  private static MergeRecipe.Range range(List<Document> sources) {
    MergeRecipe.Range first = range(sources.get(0).at("layer_range"));
    MergeRecipe.Range second = range(sources.get(1).at("layer_range"));
    if (first.begin() != second.begin() || first.end() != second.end()) {
      throw second
          .source()
          .expected(
              "[%d, %d] as the other source has; blending different layers is not supported"
                  .formatted(first.begin(), first.end()));
    }
    return first;
  }

  private static MergeRecipe.Range range(Document range) {
    List<Document> ends = range.items();
    if (ends.size() == 2) {
      int begin = ends.get(0).integer(0, MOST_LAYERS);
      int end = ends.get(1).integer(0, MOST_LAYERS);
      if (begin < end) {
        return new MergeRecipe.Range(begin, end, range);
      }
    }
    throw range.expected("[first layer, layer after the last]");
  }

  /** The rules of all places that give t, the nearest first. */
  private Template template(List<Document> places) {
    List<Template.Rule> rules = new ArrayList<>();
    for (Document place : places) {
      place
          .find("parameters")
          .map(parameters -> parameters.allow(Set.of("t")))
          .flatMap(parameters -> parameters.find("t"))
          .ifPresent(t -> rules.addAll(Template.read(t).rules()));
    }
    if (rules.isEmpty()) {
      throw new InputException("%s: parameters.t is missing.".formatted(recipe.source()));
    }
    return new Template(rules);
  }

  private Optional<DType> dtype(String key) {
    return recipe
        .find(key)
        .map(
            value ->
                MergeRecipe.format(value.text())
                    .orElseThrow(() -> value.expected("float32, float16, bfloat16 or float64")));
  }

  private String tokenizer(Document source) {
    String name = source.text();
    if (name.equals("base") || name.equals(base.text())) {
      return base.text();
    }
    if (!name.equals(donor.text())) {
      throw source.expected("base or a parent; %s is not supported".formatted(name));
    }
    return name;
  }
}
