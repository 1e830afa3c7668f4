package jsearch.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.Vocabulary;
import jsearch.document.InputException;

/**
 * The vocabulary of a merge, and which rows of the parents' embeddings and heads belong together.
 *
 * <p>The meaning is mergekit's {@code tokenizer_source} (0.1.4). A parent that lacks a token takes
 * the row of its only owner, or of the base where that has it. Of several other owners it takes the
 * first one's, where mergekit takes their mean; that needs three parents. Rows behind the last
 * token (padding) disappear; a row between tokens that has none is everywhere that of the parent
 * whose vocabulary it is.
 *
 * <p>A token has a row only where its id is below {@code vocab_size} of its parent's config. Added
 * tokens of the vocabulary's own parent without a row are left out.
 */
final class Alignment {
  static final int MOST_ROWS = 1 << 24;
  private static final int NONE = -1;

  /** A parent: its name in the recipe, tokens, and rows of its embedding. */
  record Parent(String name, Vocabulary vocabulary, int rows) {
    /** Row of a token; empty where it has none. */
    Optional<Integer> row(String token) {
      return Optional.ofNullable(vocabulary.ids().get(token)).filter(id -> id < rows);
    }

    boolean has(String token) {
      return row(token).isPresent();
    }
  }

  private final List<Parent> parents;
  private final int source;
  private final Vocabulary vocabulary;
  private final int size;

  /** Own row of each parent for each row of the merge, or NONE. */
  private final List<int[]> own;

  /** The parent that others take a row of the merge from, and which of its rows. */
  private final int[] owner;

  private final int[] ownersRow;

  private Alignment(List<Parent> parents, int source, Vocabulary vocabulary) {
    this.parents = List.copyOf(parents);
    this.source = source;
    this.vocabulary = vocabulary;
    String[] tokens = vocabulary.byId();
    size = tokens.length;
    own = parents.stream().map(parent -> rows(parent, tokens)).toList();
    owner = new int[size];
    ownersRow = new int[size];
    for (int row = 0; row < size; row++) {
      owner[row] = tokens[row] == null ? source : owner(row);
      ownersRow[row] = tokens[row] == null ? row : own.get(owner[row])[row];
    }
  }

  /**
   * The alignment of parents to the vocabulary of one of them, or to the union of all.
   *
   * <p>In a union the base's tokens keep their ids, and those that only others have follow as added
   * tokens: first tokens of the others' models, as plain ones, then those that others add, as they
   * add them; each in the order of the parents, then of their ids (mergekit's order of the former
   * depends on a hash). A token of the base's model that another parent adds becomes an added one,
   * too. Of several ways to add a token the first parent's counts.
   *
   * @param checkpoints by their names in the recipe, the base first
   * @param source the name of the parent whose vocabulary the merge has; empty for the union
   * @throws InputException when a parent has no readable tokenizer.json, or the ids of a union's
   *     base have gaps
   */
  static Alignment of(Map<String, Checkpoint> checkpoints, Optional<String> source) {
    List<Parent> parents = parents(checkpoints);
    if (source.isEmpty()) {
      return new Alignment(parents, 0, Union.of(parents));
    }
    int index = List.copyOf(checkpoints.keySet()).indexOf(source.get());
    return new Alignment(parents, index, withRows(parents.get(index)));
  }

  /**
   * The parents with their vocabularies; those with the same file share one.
   *
   * @throws InputException when a parent has no readable tokenizer.json
   */
  static List<Parent> parents(Map<String, Checkpoint> checkpoints) {
    List<Parent> parents = new ArrayList<>();
    checkpoints.forEach(
        (name, checkpoint) -> {
          int rows = checkpoint.config().at("vocab_size").integer(1, MOST_ROWS);
          Path file = Vocabulary.file(checkpoint.directory());
          Vocabulary vocabulary =
              parents.stream()
                  .map(Parent::vocabulary)
                  .filter(known -> same(known.file(), file))
                  .findFirst()
                  .orElseGet(() -> Vocabulary.read(file));
          parents.add(new Parent(name, vocabulary, rows));
        });
    return parents;
  }

  private static boolean same(Path known, Path file) {
    try {
      return Files.mismatch(known, file) < 0;
    } catch (IOException e) {
      throw InputException.unreadable("%s or %s".formatted(known, file), e);
    }
  }

  /** A parent's vocabulary without the added tokens that have no row. */
  static Vocabulary withRows(Parent parent) {
    Vocabulary kept = parent.vocabulary().below(parent.rows());
    kept.ids()
        .forEach(
            (token, id) -> {
              if (id >= parent.rows()) {
                throw new InputException(
                    """
                    %s has the token %s at id %d, but the embedding of %s has only %d rows.
                    Maybe the tokenizer is another model's."""
                        .formatted(kept.file(), token, id, parent.name(), parent.rows()));
              }
            });
    return kept;
  }

  private static int[] rows(Parent parent, String[] tokens) {
    return Arrays.stream(tokens).mapToInt(token -> parent.row(token).orElse(NONE)).toArray();
  }

  /** The base before others, they in their order; one has the token, as it came from one. */
  private int owner(int row) {
    int first = 0;
    while (own.get(first)[row] == NONE) {
      first++;
    }
    return first;
  }

  /** Rows of the merged embedding: the config's {@code vocab_size}. */
  int size() {
    return size;
  }

  /** The parent whose tokenizer files the merge has; their base is this one's for a union. */
  int source() {
    return source;
  }

  /** The tokens of the merge. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  List<Parent> parents() {
    return parents;
  }

  /** Own row of a parent for a row of the merge; empty where it has none. */
  Optional<Integer> own(int parent, int row) {
    return Optional.of(own.get(parent)[row]).filter(found -> found != NONE);
  }

  /** Whether the merge has other tokens than the tokenizer.json of its source. */
  boolean extended() {
    Vocabulary was = parents.get(source).vocabulary();
    return !was.ids().equals(vocabulary.ids()) || !was.added().equals(vocabulary.added());
  }

  /**
   * What a parent gives to a tensor of the merge that has a row a token: {@link #size()} rows.
   *
   * @param parent its place among the parents
   * @param tensors each parent's tensor, {@code [rows, width]}; its embedding where it has no head
   * @throws InputException when a tensor has other than the parent's {@code vocab_size} rows, or
   *     another width than the first
   */
  List<Span> spans(int parent, List<TensorInfo> tensors) {
    long width = tensors.get(0).shape().stream().skip(1).findFirst().orElse(1L);
    for (int i = 0; i < tensors.size(); i++) {
      requireShape(tensors.get(i), List.of((long) parents.get(i).rows(), width));
    }
    int[] rows = own.get(parent);
    List<Span> spans = new ArrayList<>();
    int start = 0;
    for (int row = 1; row <= size; row++) {
      int from = from(parent, start);
      long first = at(rows, start);
      if (row == size || from(parent, row) != from || at(rows, row) != first + row - start) {
        spans.add(new Span(Optional.of(tensors.get(from)), first * width, (row - start) * width));
        start = row;
      }
    }
    return spans;
  }

  private int from(int parent, int row) {
    return own.get(parent)[row] == NONE ? owner[row] : parent;
  }

  private long at(int[] rows, int row) {
    return rows[row] == NONE ? ownersRow[row] : rows[row];
  }

  private static void requireShape(TensorInfo tensor, List<Long> shape) {
    if (!tensor.shape().equals(shape)) {
      throw new InputException(
          "Tensor %s of %s has shape %s, expected %s: a row a token (vocab_size of its config)."
              .formatted(tensor.name().text(), tensor.file(), tensor.shape(), shape));
    }
  }

  /** What becomes of the parents' tokens, for people: a sentence each. */
  List<String> notes() {
    return new AlignmentNotes(this).sentences();
  }
}
