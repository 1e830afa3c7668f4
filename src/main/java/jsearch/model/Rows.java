package jsearch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;

/** The rows of one batch in the middle of generation: their key/value cache and last tokens. */
final class Rows implements AutoCloseable {
  private final Decoder decoder;
  private Arena scope;
  private Tensor pads;
  private List<Tensor> cache;
  private long[] last;
  private int position;

  private Rows(Decoder decoder, Arena scope, Tensor pads, int position) {
    this.decoder = decoder;
    this.scope = scope;
    this.pads = pads;
    this.position = position;
  }

  /** Reads prompts [B,T] padded on the left by {@code pads} [B], with room for more tokens. */
  static Rows read(Decoder decoder, Tensor ids, Tensor pads, int room) {
    int length = Math.toIntExact(ids.shape().get(1));
    Rows rows = new Rows(decoder, decoder.arena().nested(), pads, length);
    try {
      List<Tensor> state = decoder.calls(rows.scope, "prefill", ids, pads, room);
      rows.last = state.get(0).longs();
      rows.cache = state.subList(1, state.size());
      return rows;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** The greedy token after what was read, one a row. */
  long[] next() {
    return last.clone();
  }

  /** Writes so many greedy tokens; row-major [rows, steps]. */
  long[] extend(int steps) {
    try (Arena step = scope.nested()) {
      Tensor from = step.longs(last, last.length);
      long[] written = decoder.call(step, "extend", from, pads, position, steps, cache).longs();
      for (int r = 0; r < last.length; r++) {
        last[r] = written[(r + 1) * steps - 1];
      }
      position += steps;
      return written;
    }
  }

  /** Drops all rows but these, given in ascending order. */
  void keep(List<Integer> rows) {
    if (rows.size() == last.length) {
      return;
    }
    Arena smaller = decoder.arena().nested();
    List<Tensor> all = new ArrayList<>(cache);
    all.add(pads);
    long[] kept = rows.stream().mapToLong(Integer::longValue).toArray();
    List<Tensor> moved = decoder.keep(smaller, all, smaller.longs(kept, kept.length));
    scope.close();
    scope = smaller;
    cache = moved.subList(0, moved.size() - 1);
    pads = moved.get(moved.size() - 1);
    last = LongStream.of(kept).map(r -> last[(int) r]).toArray();
  }

  @Override
  public void close() {
    scope.close();
  }
}
