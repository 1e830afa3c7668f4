package jsearch.schedule;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * A merge as mergekit's YAML says it; {@link RecipeReader} says what is read.
 *
 * @param text the whole file
 * @param method how the sources of a tensor become one
 * @param baseModel directory or hub id of {@code base_model}
 * @param slices what the merge's layers are made of, first to last; at least one
 * @param dtype the format that sources are read in and the merge is rounded to; the sources' own
 *     when empty
 * @param outDtype the format that the merge is then stored in; as rounded when empty
 * @param tokenizer whose tokens the merge has; the base's files without a look at ids when empty
 * @param chatTemplate {@code auto}, the name of a known template, or a template's Jinja text
 * @param remarks on lines that have no effect
 */
public record MergeRecipe(
    String text,
    MergeMethod method,
    Optional<String> baseModel,
    List<Slice> slices,
    Optional<DType> dtype,
    Optional<DType> outDtype,
    Optional<TokenizerSource> tokenizer,
    Optional<String> chatTemplate,
    Remarks remarks) {

  /**
   * Consecutive layers of the merge, made of as many layers of each source.
   *
   * @param base the slice's own {@code base_model}, else the recipe's
   * @param sources each model once; for slerp and linear with the base, for nuslerp with the origin
   *     where the recipe has one
   * @param t of slerp, found by names in the merge; else without rules
   * @param normalize of linear: 1 where the weights are divided by their sum, 0 where not; else
   *     without rules
   */
  public record Slice(Optional<String> base, List<Source> sources, Setting t, Setting normalize) {
    public Slice {
      sources = List.copyOf(sources);
      if (sources.isEmpty()) {
        throw new IllegalArgumentException("a slice without sources");
      }
    }
  }

  /**
   * A model's part in a slice.
   *
   * @param model directory or hub id
   * @param range its layers; all of them when empty
   * @param factor {@code weight} of linear and nuslerp, {@code scale} of passthrough, found by the
   *     model's own names
   */
  public record Source(String model, Optional<Range> range, Setting factor) {}

  /**
   * Layers from {@code begin} up to but without {@code end}; none where these are equal.
   *
   * @param source where the recipe says so, for error messages
   */
  public record Range(int begin, int end, Document source) {
    public Range {
      if (begin < 0 || end < begin) {
        throw new IllegalArgumentException("layers %d to %d".formatted(begin, end));
      }
    }

    /** Number of layers. */
    public int layers() {
      return end - begin;
    }
  }

  public MergeRecipe {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("a recipe without slices");
    }
  }

  /**
   * Reads a recipe.
   *
   * @throws InputException naming what is malformed or not supported
   */
  public static MergeRecipe load(Path file) {
    return read(file.toString(), Document.readText(file));
  }

  /**
   * Reads a recipe from its text.
   *
   * @param source names it in error messages
   * @throws InputException naming what is malformed or not supported
   */
  public static MergeRecipe read(String source, String text) {
    return RecipeReader.read(text, Document.yaml(source, text));
  }

  /** The model whose config the merge has: {@code base_model}, else the first source. */
  public String base() {
    return models().get(0);
  }

  /** The names of all models, each once: the base, then the others in the recipe's order. */
  public List<String> models() {
    return models(baseModel, slices);
  }

  static List<String> models(Optional<String> base, List<Slice> slices) {
    Set<String> names = new LinkedHashSet<>();
    base.ifPresent(names::add);
    slices.forEach(slice -> slice.sources().forEach(source -> names.add(source.model())));
    return List.copyOf(names);
  }

  /** The format of this name in transformers and mergekit, such as {@code bfloat16}. */
  static Optional<DType> format(String name) {
    return Stream.of(DType.values()).filter(dtype -> Recipe.name(dtype).equals(name)).findFirst();
  }
}
