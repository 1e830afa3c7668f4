package jsearch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.torch.Arena;
import jsearch.torch.OutOfDeviceMemoryException;
import jsearch.torch.Tensor;

/** Rows on the device whose continuations are scored in one pass. */
final class ScoringBatch {
  /** Logits that lie in memory at once (256 MiB in float32), however large the vocabulary. */
  static final int LOGITS = 1 << 26;

  /** Of padding: no branch has it, so no token sees it. */
  private static final long NO_BRANCH = -1;

  /** A token that is asked for: in which row of the targets, and where there. */
  private record Place(int cell, int slot) {}

  private final Decoder decoder;
  private final List<Branching> rows;
  private final List<Continuation> continuations;
  private final Map<Integer, List<Place>> places = new LinkedHashMap<>();
  private final Map<Long, List<Integer>> targets = new LinkedHashMap<>();
  private final int most;
  private final Tensor ids;
  private final List<Tensor> layout;
  private final Tensor cells;
  private final Tensor asked;

  /**
   * Lays out these rows.
   *
   * @param arena owns the batch's tensors
   * @param continuations those of the whole job; a row knows the numbers of its own
   * @param most tokens that this batch was allowed to hold
   */
  ScoringBatch(
      Decoder decoder,
      Arena arena,
      List<Branching> rows,
      List<Continuation> continuations,
      int most) {
    this.decoder = decoder;
    this.rows = rows;
    this.continuations = continuations;
    this.most = most;
    Batch batch = Batch.right(rows.stream().map(Branching::ids).toList());
    place(batch.length());
    int widest = targets.values().stream().mapToInt(List::size).max().orElseThrow();
    long[] table = new long[targets.size() * widest];
    int cell = 0;
    for (List<Integer> tokens : targets.values()) {
      for (int slot = 0; slot < tokens.size(); slot++) {
        table[cell * widest + slot] = tokens.get(slot);
      }
      cell++;
    }
    ids = arena.longs(batch.ids(), batch.rows(), batch.length());
    layout = rows.stream().anyMatch(Branching::isBranched) ? layout(arena, batch) : List.of();
    long[] flat = targets.keySet().stream().mapToLong(Long::longValue).toArray();
    cells = arena.longs(flat, flat.length);
    asked = arena.longs(table, targets.size(), widest);
  }

  /**
   * Finds for every token of every continuation its cell, and its slot among that cell's targets.
   */
  private void place(int length) {
    Map<Long, Integer> numbers = new LinkedHashMap<>();
    for (int r = 0; r < rows.size(); r++) {
      for (int item : rows.get(r).items()) {
        Continuation one = continuations.get(item);
        int[] own = rows.get(r).cells(one);
        List<Place> found = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
          long flat = (long) r * length + own[i];
          List<Integer> tokens = targets.computeIfAbsent(flat, cell -> new ArrayList<>());
          int token = one.continuation().get(i);
          if (!tokens.contains(token)) {
            tokens.add(token);
          }
          int number = numbers.computeIfAbsent(flat, cell -> numbers.size());
          found.add(new Place(number, tokens.indexOf(token)));
        }
        places.put(item, found);
      }
    }
  }

  /** Positions and branches of all cells. */
  private List<Tensor> layout(Arena arena, Batch batch) {
    long[] positions = new long[batch.ids().length];
    long[] branches = new long[batch.ids().length];
    Arrays.fill(branches, NO_BRANCH);
    for (int r = 0; r < rows.size(); r++) {
      int[] where = rows.get(r).positions();
      int[] branch = rows.get(r).numbers();
      for (int i = 0; i < where.length; i++) {
        positions[r * batch.length() + i] = where[i];
        branches[r * batch.length() + i] = branch[i];
      }
    }
    return List.of(
        arena.longs(positions, batch.rows(), batch.length()),
        arena.longs(branches, batch.rows(), batch.length()));
  }

  /** Scores all continuations by the present weights, into their places in {@code results}. */
  void score(Likelihood[] results) {
    float[] scores;
    try (Arena scope = decoder.arena().nested()) {
      scores = decoder.score(scope, ids, layout, cells, asked, LOGITS).floats();
    } catch (OutOfDeviceMemoryException e) {
      scoreHalves(results, e);
      return;
    }
    int widest = scores.length / 2 / targets.size();
    places.forEach(
        (item, found) -> {
          double sum = 0;
          boolean greedy = true;
          for (Place place : found) {
            int at = place.cell() * widest + place.slot();
            sum += scores[at];
            greedy &= scores[scores.length / 2 + at] == 1;
          }
          results[item] = new Likelihood(sum, greedy);
        });
  }

  private void scoreHalves(Likelihood[] results, OutOfDeviceMemoryException e) {
    Batch.inHalves(
        rows,
        e,
        half -> {
          int fewer = decoder.shrink(most);
          try (Arena scope = decoder.arena().nested()) {
            new ScoringBatch(decoder, scope, half, continuations, fewer).score(results);
          }
        });
  }
}
