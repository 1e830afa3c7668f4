package jsearch.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads mergekit's dialect (0.1.5): {@code slerp}, {@code linear}, {@code passthrough} and {@code
 * nuslerp} of {@code models} or {@code slices}.
 *
 * <p>Which models a method takes is told by {@link SourceRules}, what parameters say by {@link
 * ParameterReader}, and what becomes of all other lines by {@link RecipeKeys}.
 */
final class RecipeReader {
  private static final int MOST_LAYERS = 100_000;

  private final Document recipe;
  private final MergeMethod method;
  private final Optional<String> base;
  private final ParameterReader parameters;

  private RecipeReader(Document recipe, MergeMethod method) {
    this.recipe = recipe;
    this.method = method;
    this.base = recipe.find("base_model").map(ModelName::of);
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
    Remarks remarks = RecipeKeys.check(recipe, method);
    if (method == MergeMethod.SLERP && !everySliceHasABase(recipe)) {
      recipe.at("base_model");
    }
    return new RecipeReader(recipe, method).read(text, remarks);
  }

  private static boolean everySliceHasABase(Document recipe) {
    List<Document> slices = recipe.find("slices").map(Document::items).orElse(List.of());
    return !slices.isEmpty()
        && slices.stream().allMatch(slice -> slice.find("base_model").isPresent());
  }

  private static String methods() {
    return Stream.of(MergeMethod.values()).map(MergeMethod::word).collect(Collectors.joining(", "));
  }

  private MergeRecipe read(String text, Remarks remarks) {
    Optional<Document> models = list("models", "slices");
    Optional<Document> slices = list("slices", "models");
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
        new TokenizerReader(recipe, MergeRecipe.models(base, made)).read(),
        recipe.find("chat_template").flatMap(RecipeReader::chatTemplate),
        remarks);
  }

  /** An empty list beside the other is none, as in mergekit. */
  private Optional<Document> list(String key, String other) {
    return recipe.find(key).filter(list -> recipe.find(other).isEmpty() || !list.items().isEmpty());
  }

  private MergeRecipe.Slice models(Document models) {
    requireSome(models, "model");
    List<MergeRecipe.Source> sources = new ArrayList<>();
    for (Document item : models.items()) {
      sources.add(source(item, Optional.empty(), Optional.empty()));
    }
    boolean listed =
        sources.stream().anyMatch(source -> base.filter(source.model()::equals).isPresent());
    if (base.isPresent() && !listed) { // mergekit adds it
      sources.add(
          new MergeRecipe.Source(
              base.get(), Optional.empty(), parameters.factor(Optional.empty(), Optional.empty())));
    }
    SourceRules rules = new SourceRules(method, base);
    rules.require(models, sources, false);
    return slice(models, sources, Optional.empty(), rules);
  }

  private List<MergeRecipe.Slice> slices(Document slices) {
    requireSome(slices, "slice");
    List<MergeRecipe.Slice> read = new ArrayList<>();
    for (Document slice : slices.items()) {
      Document list = slice.at("sources");
      requireSome(list, "source");
      List<MergeRecipe.Source> sources = new ArrayList<>();
      for (Document item : list.items()) {
        sources.add(source(item, Optional.of(range(item.at("layer_range"))), Optional.of(slice)));
      }
      SourceRules rules =
          new SourceRules(method, slice.find("base_model").map(ModelName::of).or(() -> base));
      rules.require(list, sources, true);
      requireEqualLengths(sources);
      read.add(slice(list, sources, Optional.of(slice), rules));
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
        ModelName.of(item.at("model")), range, parameters.factor(Optional.of(item), slice));
  }

  private MergeRecipe.Slice slice(
      Document list,
      List<MergeRecipe.Source> sources,
      Optional<Document> place,
      SourceRules rules) {
    for (MergeRecipe.Source source : sources) {
      if (rules.weighed(source.model()) && source.factor().rules().isEmpty()) {
        throw new InputException(
            """
            %s: parameters.weight is missing for model %s, expected it there, in the slice or in \
            the recipe."""
                .formatted(list.place(), source.model()));
      }
    }
    parameters.requireWholeTensors(place);
    return new MergeRecipe.Slice(
        rules.base(), sources, parameters.t(place), parameters.normalize(place));
  }

  private static MergeRecipe.Range range(Document range) {
    List<Document> ends = range.items();
    if (ends.size() == 2) {
      int begin = Coercion.whole(ends.get(0), MOST_LAYERS);
      int end = Coercion.whole(ends.get(1), MOST_LAYERS);
      if (begin <= end) {
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
        .filter(value -> !value.isText() || !value.text().isEmpty())
        .map(
            value ->
                MergeRecipe.format(value.text().replaceFirst("^torch\\.", ""))
                    .orElseThrow(() -> value.expected("float32, float16, bfloat16 or float64")));
  }

  private static Optional<String> chatTemplate(Document template) {
    return Optional.of(template.text()).filter(text -> !text.isEmpty());
  }
}
