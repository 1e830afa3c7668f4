package jsearch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import jsearch.torch.OutOfDeviceMemoryException;

/**
 * Rows of token ids made equally long by padding.
 *
 * @param ids row-major [rows, length]; padding is 0
 * @param pads padding of each row
 * @param left whether the padding stands on the left
 */
record Batch(long[] ids, int[] pads, int length, boolean left) {
  /** Positions a key/value cache holds at most, for each token that a batch may hold. */
  static final int CACHE_FACTOR = 4;

  /** A row weighs no less than this in generation: at each step it has logits of its own. */
  private static final int LIGHTEST_PROMPT = 16;

  /** Rows padded on the right, where causality hides the padding. */
  static Batch right(List<List<Integer>> rows) {
    return of(rows, false);
  }

  /** Rows padded on the left, so that all go on from the same position. */
  static Batch left(List<List<Integer>> rows) {
    return of(rows, true);
  }

  private static Batch of(List<List<Integer>> rows, boolean left) {
    int length = rows.stream().mapToInt(List::size).max().orElseThrow();
    long[] ids = new long[rows.size() * length];
    int[] pads = new int[rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      List<Integer> row = rows.get(r);
      pads[r] = length - row.size();
      int first = r * length + (left ? pads[r] : 0);
      for (int i = 0; i < row.size(); i++) {
        ids[first + i] = row.get(i);
      }
    }
    return new Batch(ids, pads, length, left);
  }

  int rows() {
    return pads.length;
  }

  /** Flat positions that are no padding, row after row. */
  long[] realCells() {
    return IntStream.range(0, rows())
        .flatMap(
            r -> {
              int first = r * length + (left ? pads[r] : 0);
              return IntStream.range(first, first + length - pads[r]);
            })
        .asLongStream()
        .toArray();
  }

  /**
   * What a prompt takes of a batch's tokens: its tokens, or its share of the cache when the room
   * for its answer is long.
   */
  static int weight(Prompt prompt) {
    int length = prompt.ids().size();
    int cache = (length + prompt.maxNewTokens()) / CACHE_FACTOR;
    return Math.max(LIGHTEST_PROMPT, Math.max(length, cache));
  }

  /**
   * Groups of item numbers of about equal length, each within a limit when padded.
   *
   * @param items number of items
   * @param most padded tokens of a group, unless one item alone is longer
   * @param length length of an item by its number
   */
  static List<List<Integer>> groups(int items, int most, ToIntFunction<Integer> length) {
    List<Integer> byLength =
        IntStream.range(0, items)
            .boxed()
            .sorted(Comparator.comparingInt(length).reversed())
            .toList();
    List<List<Integer>> groups = new ArrayList<>();
    int first = 0;
    while (first < items) {
      // The first is the longest, so it alone decides how many rows fit.
      int fit = Math.max(1, most / length.applyAsInt(byLength.get(first)));
      int end = Math.min(items, first + fit);
      groups.add(byLength.subList(first, end));
      first = end;
    }
    return groups;
  }

  /**
   * Hands each half to the task, after there was too little memory for all at once.
   *
   * @throws OutOfDeviceMemoryException this one, when there is no half left
   */
  static <T> void inHalves(List<T> all, OutOfDeviceMemoryException e, Consumer<List<T>> task) {
    if (all.size() == 1) {
      throw e;
    }
    int middle = all.size() / 2;
    task.accept(all.subList(0, middle));
    task.accept(all.subList(middle, all.size()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Batch batch
        && Arrays.equals(ids, batch.ids)
        && Arrays.equals(pads, batch.pads)
        && left == batch.left;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }
}
