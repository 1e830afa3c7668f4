package jsearch.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;

/**
 * What parents give to tensors whose rows are tokens, the embedding and the head.
 *
 * <p>Rows of one number belong together. Where vocabularies differ, the first rows that all sources
 * have are merged, as mergekit does; embedding and head then have equally many.
 */
final class TokenRows {
  private final List<Slot.Part> parts;
  private final OptionalInt count;
  private final List<String> warnings = new ArrayList<>();

  /**
   * Looks at all embeddings and heads.
   *
   * @throws InputException when one has no rows
   */
  TokenRows(List<Slot> slots) {
    parts =
        slots.stream()
            .filter(slot -> slot.name().hasRowPerToken())
            .flatMap(slot -> slot.parts().stream())
            .toList();
    parts.forEach(TokenRows::requireRows);
    count = count();
  }

  private static void requireRows(Slot.Part part) {
    List<Long> shape = part.tensor().shape();
    if (shape.isEmpty() || shape.get(0) > Integer.MAX_VALUE) {
      throw new InputException(
          "Tensor %s of %s has shape %s, expected a row a token."
              .formatted(part.tensor().name().text(), part.tensor().file(), shape));
    }
  }

  private OptionalInt count() {
    if (parts.isEmpty()) {
      return OptionalInt.empty();
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
    return OptionalInt.of((int) rows(fewest));
  }

  private static long rows(Slot.Part part) {
    return part.tensor().shape().get(0);
  }

  /** Rows of embedding and head in the merge; empty when it has neither. */
  OptionalInt rows() {
    return count;
  }

  /** What was done that a person should know, a sentence each. */
  List<String> warnings() {
    return warnings;
  }

  /** The shape in the merge of an embedding or head. */
  List<Long> shape(Slot.Part part) {
    List<Long> shape = new ArrayList<>(part.tensor().shape());
    shape.set(0, (long) count.orElseThrow());
    return shape;
  }

  /** What an embedding or head gives to the merge. */
  Input input(Slot.Part part, DType format) {
    long elements = shape(part).stream().reduce(1L, Math::multiplyExact);
    return new Input(List.of(new Span(Optional.of(part.tensor()), 0, elements)), format);
  }
}
