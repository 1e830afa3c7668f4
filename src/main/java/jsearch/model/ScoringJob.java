package jsearch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;

/**
 * Continuations laid out in batches on the device; each call scores them by the present weights.
 */
final class ScoringJob implements Supplier<List<Likelihood>> {
  /** Logits that lie in memory at once (256 MiB in float32), however large the vocabulary. */
  private static final int LOGITS = 1 << 26;

  private final Decoder decoder;
  private final int continuations;
  private final List<Prepared> batches = new ArrayList<>();

  /** Items of one batch, with how many of its scored cells belong to each. */
  private record Prepared(
      List<Integer> items, int[] counts, Tensor ids, Tensor cells, Tensor targets) {}

  ScoringJob(Decoder decoder, List<Continuation> continuations) {
    this.decoder = decoder;
    this.continuations = continuations.size();
    for (Continuation one : continuations) {
      decoder.requireKnown(one.context());
      decoder.requireKnown(one.continuation());
    }
    List<List<Integer>> rows = continuations.stream().map(ScoringJob::row).toList();
    for (List<Integer> items : Batch.groups(rows.size(), i -> rows.get(i).size())) {
      batches.add(prepare(items, rows, continuations));
    }
  }

  /** What is fed in: all but the last token, which nothing is asked after. */
  private static List<Integer> row(Continuation one) {
    List<Integer> row = new ArrayList<>(one.context());
    row.addAll(one.continuation().subList(0, one.continuation().size() - 1));
    return row;
  }

  private Prepared prepare(
      List<Integer> items, List<List<Integer>> rows, List<Continuation> continuations) {
    Batch batch = Batch.right(items.stream().map(rows::get).toList());
    int[] counts =
        items.stream().mapToInt(i -> continuations.get(i).continuation().size()).toArray();
    int scored = Arrays.stream(counts).sum();
    long[] cells = new long[scored];
    long[] targets = new long[scored];
    int n = 0;
    for (int r = 0; r < items.size(); r++) {
      Continuation one = continuations.get(items.get(r));
      for (int i = 0; i < counts[r]; i++, n++) {
        cells[n] = (long) r * batch.length() + one.context().size() - 1 + i;
        targets[n] = one.continuation().get(i);
      }
    }
    Arena arena = decoder.arena();
    return new Prepared(
        items,
        counts,
        arena.longs(batch.ids(), batch.rows(), batch.length()),
        arena.longs(cells, scored),
        arena.longs(targets, scored));
  }

  @Override
  public List<Likelihood> get() {
    Likelihood[] results = new Likelihood[continuations];
    decoder.each(batches, batch -> score(batch, results));
    return List.of(results);
  }

  private void score(Prepared batch, Likelihood[] results) {
    float[] scores;
    try (Arena scope = decoder.arena().nested()) {
      scores = decoder.score(scope, batch.ids, batch.cells, batch.targets, LOGITS).floats();
    }
    int n = 0;
    for (int r = 0; r < batch.items.size(); r++) {
      double sum = 0;
      boolean greedy = true;
      for (int i = 0; i < batch.counts[r]; i++, n++) {
        sum += scores[n];
        greedy &= scores[scores.length / 2 + n] == 1;
      }
      results[batch.items.get(r)] = new Likelihood(sum, greedy);
    }
  }
}
