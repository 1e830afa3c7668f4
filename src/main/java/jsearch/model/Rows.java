package jsearch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;

/** The rows of one batch in the middle of generation: their key/value cache and last tokens. */
final class Rows implements AutoCloseable {
  private final Decoder decoder;
  private final int capacity;
  private Arena scope;
  private Tensor pads;
  private List<Tensor> cache;
  private long[] last;
  private int position;

  /** All that was read and written, by row; the length is {@code capacity}, padding on the left. */
  private long[][] text;

  private Rows(Decoder decoder, Tensor ids, Tensor pads, int room) {
    this.decoder = decoder;
    this.scope = decoder.arena().nested();
    this.pads = pads;
    this.position = Math.toIntExact(ids.shape().get(1));
    this.capacity = position + room;
    this.text = new long[Math.toIntExact(ids.shape().get(0))][];
    long[] read = ids.longs();
    for (int r = 0; r < text.length; r++) {
      text[r] = Arrays.copyOf(Arrays.copyOfRange(read, r * position, (r + 1) * position), capacity);
    }
  }

  /** Reads prompts [B,T] padded on the left by {@code pads} [B], with room for more tokens. */
  static Rows read(Decoder decoder, Tensor ids, Tensor pads, int room) {
    Rows rows = new Rows(decoder, ids, pads, room);
    try {
      rows.prefill(ids);
      return rows;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private void prefill(Tensor ids) {
    List<Tensor> state = decoder.calls(scope, "prefill", ids, pads, capacity - position);
    last = state.get(0).longs();
    cache = state.subList(1, state.size());
  }

  /** The greedy token after what was read, one a row. */
  long[] next() {
    return last.clone();
  }

  /** Writes so many greedy tokens; row-major [rows, steps]. */
  long[] extend(int steps) {
    long[] written = new long[last.length * steps];
    int done = 0;
    while (done < steps) {
      int some = untilSwitch(steps - done);
      long[] part = some == 0 ? reread() : write(some);
      int count = Math.max(1, some);
      for (int r = 0; r < last.length; r++) {
        System.arraycopy(part, r * count, written, r * steps + done, count);
      }
      done += count;
    }
    return written;
  }

  private long[] write(int steps) {
    try (Arena step = scope.nested()) {
      Tensor from = step.longs(last, last.length);
      long[] written = decoder.call(step, "extend", from, pads, position, steps, cache).longs();
      for (int r = 0; r < last.length; r++) {
        text[r][position] = last[r];
        System.arraycopy(written, r * steps, text[r], position + 1, steps - 1);
        last[r] = written[(r + 1) * steps - 1];
      }
      position += steps;
      return written;
    }
  }

  /** Steps, at most so many, before the next one makes a row longer than the rope's reach. */
  private int untilSwitch(int steps) {
    int reach = decoder.reach();
    if (reach == 0) {
      return steps;
    }
    return (int)
        LongStream.of(pads.longs())
            .map(pad -> reach + pad - position)
            .filter(left -> left >= 0)
            .reduce(steps, Math::min);
  }

  /**
   * Takes one step by reading all rows anew: with other rotary frequencies the cache is stale.
   *
   * <p>As transformers does for Phi-3 where a text becomes longer than its short factors hold.
   */
  private long[] reread() {
    for (int r = 0; r < last.length; r++) {
      text[r][position] = last[r];
    }
    position++;
    Arena fresh = decoder.arena().nested();
    pads = fresh.longs(pads.longs(), last.length);
    scope.close();
    scope = fresh;
    long[] ids =
        Arrays.stream(text).flatMapToLong(row -> Arrays.stream(row, 0, position)).toArray();
    prefill(scope.longs(ids, last.length, position));
    return next();
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
    text = rows.stream().map(r -> text[r]).toArray(long[][]::new);
  }

  @Override
  public void close() {
    scope.close();
  }
}
