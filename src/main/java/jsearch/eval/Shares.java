package jsearch.eval;

import java.util.Arrays;
import java.util.List;

/** Shares a number of items out over the tasks of a group. */
final class Shares {
  /** The least of each task: a standard error needs two items. */
  static final int LEAST = 2;

  private Shares() {}

  /**
   * Shares in proportion to sizes, rounded by largest remainders, but at least two each.
   *
   * <p>Item by item, the task that is furthest below its exact share gets the next one, the earlier
   * on a tie. So the shares depend on nothing but these numbers.
   *
   * @param number what is shared, at least two a task and at most the sum of {@code most}
   * @param sizes of the tasks
   * @param most that each task can take, at least two
   */
  static int[] of(int number, List<Integer> sizes, List<Integer> most) {
    double all = sizes.stream().mapToInt(Integer::intValue).sum();
    int[] shares = new int[sizes.size()];
    Arrays.fill(shares, LEAST);
    for (int given = LEAST * shares.length; given < number; given++) {
      int next = -1;
      double furthest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < shares.length; i++) {
        double below = number * (sizes.get(i) / all) - shares[i];
        if (shares[i] < most.get(i) && below > furthest) {
          next = i;
          furthest = below;
        }
      }
      shares[next]++;
    }
    return shares;
  }
}
