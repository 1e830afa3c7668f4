package jsearch.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads mergekit's dialect (0.1.4): {@code slerp}, {@code linear}, {@code passthrough} and {@code
 * nuslerp} of {@code models} or {@code slices}.
 *
 * <p>Anything else is refused by name, for a merge that ignores a line of its recipe is another
 * merge. Which models a method takes is told by {@link SourceRules}, what parameters say by {@link
 * ParameterReader}.
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
          "tokenizer_source",
          "chat_template");
  private static final int MOST_LAYERS = 100_000;

  private final Document recipe;
  private final MergeMethod method;
  private final Optional<String> base;
  private final SourceRules rules;
  private final ParameterReader parameters;

  private RecipeReader(Document recipe, MergeMethod method) {
    this.recipe = recipe;
    this.method = method;
    this.base = recipe.find("base_model").map(RecipeReader::name);
    this.rules = new SourceRules(method, base);
    this.parameters = new ParameterReader(recipe, method);
  }

  /** Reads a recipe of this text. */
  static MergeRecipe read(String text, Document recipe) {
    Document word = recipe.at("merge_method");
    MergeMethod method =
        Stream.of(MergeMethod.values())
            .filter(known -> known.word().equals(word.text()))
            .findFirst()
            .orElseThrow(() -> word.expected(methods() + "; others are not supported"));
    recipe.allow(KEYS);
    if (method == MergeMethod.SLERP) {
      recipe.at("base_model");
    }
    return new RecipeReader(recipe, method).read(text);
  }

  private static String methods() {
    return Stream.of(MergeMethod.values()).map(MergeMethod::word).collect(Collectors.joining(", "));
  }

  private MergeRecipe read(String text) {
    Optional<Document> models = recipe.find("models");
    Optional<Document> slices = recipe.find("slices");
    if (models.isPresent() == slices.isPresent()) {
      throw new InputException(
          "%s has %s, expected one of them."
              .formatted(
                  recipe.source(),
                  models.isPresent() ? "both models and slices" : "neither models nor slices"));
    }
    List<MergeRecipe.Slice> made =
        models.isPresent() ? List.of(models(models.get())) : slices(slices.get());
    return new MergeRecipe(
        text,
        method,
        base,
        made,
        dtype("dtype"),
        dtype("out_dtype"),
        recipe
            .find("tokenizer_source")
            .map(source -> tokenizer(source, MergeRecipe.models(base, made))),
        recipe.find("chat_template").map(RecipeReader::chatTemplate));
  }

  private MergeRecipe.Slice models(Document models) {
    requireSome(models, "model");
    List<MergeRecipe.Source> sources = new ArrayList<>();
    for (Document item : models.items()) {
      item.allow(Set.of("model", "parameters"));
      sources.add(source(item, Optional.empty(), Optional.empty()));
    }
    boolean listed =
        sources.stream().anyMatch(source -> base.filter(source.model()::equals).isPresent());
    if (base.isPresent() && !listed) { // mergekit adds it
      sources.add(
          new MergeRecipe.Source(
              base.get(), Optional.empty(), parameters.factor(Optional.empty(), Optional.empty())));
    }
    rules.require(models, sources, false);
    return slice(models, sources, Optional.empty());
  }

  private List<MergeRecipe.Slice> slices(Document slices) {
    requireSome(slices, "slice");
    List<MergeRecipe.Slice> read = new ArrayList<>();
    for (Document slice : slices.items()) {
      slice.allow(Set.of("sources", "parameters"));
      Document list = slice.at("sources");
      requireSome(list, "source");
      List<MergeRecipe.Source> sources = new ArrayList<>();
      for (Document item : list.items()) {
        item.allow(Set.of("model", "layer_range", "parameters"));
        sources.add(source(item, Optional.of(range(item.at("layer_range"))), Optional.of(slice)));
      }
      rules.require(list, sources, true);
      requireEqualLengths(sources);
      read.add(slice(list, sources, Optional.of(slice)));
    }
    return read;
  }

  private static void requireSome(Document list, String what) {
    if (list.items().isEmpty()) {
      throw list.expected("at least one " + what);
    }
  }

  private MergeRecipe.Source source(
      Document item, Optional<MergeRecipe.Range> range, Optional<Document> slice) {
    return new MergeRecipe.Source(
        name(item.at("model")), range, parameters.factor(Optional.of(item), slice));
  }

  private MergeRecipe.Slice slice(
      Document list, List<MergeRecipe.Source> sources, Optional<Document> place) {
    for (MergeRecipe.Source source : sources) {
      if (rules.weighed(source.model()) && source.factor().rules().isEmpty()) {
        throw new InputException(
            """
            %s: parameters.weight is missing for model %s, expected it there, in the slice or in \
            the recipe."""
                .formatted(list.place(), source.model()));
      }
    }
    return new MergeRecipe.Slice(sources, parameters.t(place), parameters.normalize(place));
  }

  private static String name(Document model) {
    if (model.text().isBlank() || model.text().contains("+")) {
      throw model.expected("a checkpoint; adapters (model+lora) are not supported");
    }
    return model.text();
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

  private static void requireEqualLengths(List<MergeRecipe.Source> sources) {
    MergeRecipe.Source first = sources.get(0);
    int layers = first.range().orElseThrow().layers();
    for (MergeRecipe.Source source : sources) {
      MergeRecipe.Range range = source.range().orElseThrow();
      if (range.layers() != layers) {
        throw range
            .source()
            .expected(
                "%d layers as [%d, %d] of %s has; sources of one slice are equally long"
                    .formatted(
                        layers,
                        first.range().get().begin(),
                        first.range().get().end(),
                        first.model()));
      }
    }
  }

  private Optional<DType> dtype(String key) {
    return recipe
        .find(key)
        .map(
            value ->
                MergeRecipe.format(value.text())
                    .orElseThrow(() -> value.expected("float32, float16, bfloat16 or float64")));
  }

  private static String chatTemplate(Document template) {
    if (template.text().isBlank()) {
      throw template.expected("auto, the name of a template or its text");
    }
    return template.text();
  }

  /** "base" is the base, or without base_model the first model. */
  private static TokenizerSource tokenizer(Document source, List<String> models) {
    String word = source.text();
    if (word.equals("union")) {
      return new TokenizerSource.Union();
    }
    if (word.equals("base")) {
      return new TokenizerSource.Model(models.get(0));
    }
    if (!models.contains(word)) {
      throw source.expected("base, union or one of the models %s".formatted(models));
    }
    return new TokenizerSource.Model(word);
  }
}
