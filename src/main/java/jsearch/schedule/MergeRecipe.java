package jsearch.schedule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * A SLERP merge of two parents as mergekit's YAML says it; {@link RecipeReader} says what is read.
 *
 * @param text the whole file
 * @param base directory or hub id of the parent at t = 0
 * @param donor directory or hub id of the parent at t = 1
 * @param slices what the layers blend by, first to last; at least one
 * @param dtype the format that parents are read in and the merge is rounded to; the parents' own
 *     and the base's when empty
 * @param outDtype the format that the merge is then stored in; as rounded when empty
 * @param tokenizer the parent whose tokenizer the merge has and whose token ids its embedding
 *     follows; the base's files without a look at ids when empty
 */
public record MergeRecipe(
    String text,
    String base,
    String donor,
    List<Slice> slices,
    Optional<DType> dtype,
    Optional<DType> outDtype,
    Optional<String> tokenizer) {

  /** Layers that blend by one template. */
  record Slice(Optional<Range> range, Template template) {}

  /**
   * Layers of both parents from {@code begin} up to but without {@code end}.
   *
   * @param source where the recipe says so, for error messages
   */
  record Range(int begin, int end, Document source) {}

  public MergeRecipe {
    slices = List.copyOf(slices);
  }

  /**
   * Reads a recipe.
   *
   * @throws InputException naming what is malformed or not supported
   */
  public static MergeRecipe load(Path file) {
    String text = Document.readText(file);
    return RecipeReader.read(text, Document.yaml(file.toString(), text));
  }

  /** The names of the parents, each once, the base first. */
  public List<String> models() {
    return List.of(base, donor);
  }

  /** The format of this name in transformers and mergekit, such as {@code bfloat16}. */
  static Optional<DType> format(String name) {
    return Stream.of(DType.values()).filter(dtype -> Recipe.name(dtype).equals(name)).findFirst();
  }

  /**
   * The schedule for parents of this many layers.
   *
   * @throws InputException when the slices are not all layers, each once, in their order
   */
  public SlicedSchedule schedule(int layers) {
    List<SlicedSchedule.Slice> made = new ArrayList<>();
    int next = 0;
    for (Slice slice : slices) {
      int end = layers;
      if (slice.range().isPresent()) {
        Range range = slice.range().get();
        requireNext(range, next, layers);
        end = range.end();
      }
      made.add(new SlicedSchedule.Slice(end - next, slice.template()));
      next = end;
    }
    if (next < layers) {
      throw new InputException(
          "%s: slices end at layer %d, expected %d, the number of layers."
              .formatted(slices.get(0).range().orElseThrow().source().source(), next, layers));
    }
    return new SlicedSchedule(made);
  }

  private static void requireNext(Range range, int next, int layers) {
    if (range.end() > layers) {
      throw range.source().expected("a range that ends at %d, the last layer".formatted(layers));
    }
    if (range.begin() != next) {
      throw range
          .source()
          .expected(
              "a range that begins at %d; leaving out, repeating or moving layers is not supported"
                  .formatted(next));
    }
  }
}
