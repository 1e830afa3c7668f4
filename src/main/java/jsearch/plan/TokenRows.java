package jsearch.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.InputException;

/**
 * What parents give to tensors whose rows are tokens, the embedding and the head.
 *
 * <p>With an alignment, rows of one token belong together; without, rows of one number. There,
 * where vocabularies differ, the first rows that all sources have are merged, as mergekit does;
 * embedding and head then have equally many.
 */
final class TokenRows {
  private final Map<String, Checkpoint> parents;
  private final Optional<Alignment> alignment;
  private final List<Slot.Part> parts;
  private final long count;
  private final List<String> warnings = new ArrayList<>();

  /**
   * Looks at all embeddings and heads.
   *
   * @param parents all parents, as the alignment has them
   * @throws InputException when one has no rows
   */
  TokenRows(List<Slot> slots, Map<String, Checkpoint> parents, Optional<Alignment> alignment) {
    this.parents = parents;
    this.alignment = alignment;
    parts =
        slots.stream()
            .filter(slot -> slot.name().hasRowPerToken())
            .flatMap(slot -> slot.parts().stream())
            .toList();
    parts.forEach(TokenRows::requireRows);
    count = alignment.isPresent() ? alignment.get().size() : commonRows();
  }

  private static void requireRows(Slot.Part part) {
    List<Long> shape = part.tensor().shape();
    if (shape.isEmpty() || shape.get(0) > Integer.MAX_VALUE) {
      throw new InputException(
          "Tensor %s of %s has shape %s, expected a row a token."
              .formatted(part.tensor().name().text(), part.tensor().file(), shape));
    }
  }

  private long commonRows() {
    if (parts.isEmpty()) {
      return 0;
    }
    Slot.Part fewest = parts.get(0);
    Slot.Part most = parts.get(0);
    for (Slot.Part part : parts) {
      fewest = rows(part) < rows(fewest) ? part : fewest;
      most = rows(part) > rows(most) ? part : most;
    }
    if (rows(fewest) < rows(most)) {
      warnings.add(
          "The vocabularies differ: %s has %d rows in %s, but %d in %s; the first %2$d are merged."
              .formatted(
                  fewest.tensor().name().text(),
                  rows(fewest),
                  fewest.checkpoint().directory(),
                  rows(most),
                  most.checkpoint().directory()));
    }
    return rows(fewest);
  }

  private static long rows(Slot.Part part) {
    return part.tensor().shape().get(0);
  }

  /** What was done that a person should know, a sentence each. */
  List<String> warnings() {
    return warnings;
  }

  /** The shape in the merge of an embedding or head. */
  List<Long> shape(Slot.Part part) {
    List<Long> shape = new ArrayList<>(part.tensor().shape());
    shape.set(0, count);
    return shape;
  }

  /** What an embedding or head gives to the merge. */
  Input input(Slot.Part part, DType format) {
    if (alignment.isEmpty()) {
      long elements = shape(part).stream().reduce(1L, Math::multiplyExact);
      return new Input(List.of(new Span(Optional.of(part.tensor()), 0, elements)), format);
    }
    List<TensorInfo> tensors =
        parents.values().stream().map(parent -> parent.tensorOrTied(part.name())).toList();
    int parent = List.copyOf(parents.keySet()).indexOf(part.source().model());
    return new Input(alignment.get().spans(parent, tensors), format);
  }
}
