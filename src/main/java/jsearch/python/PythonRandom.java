package jsearch.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.random.MersenneTwister;

/** The numbers of Python's {@code random.Random(seed)}. */
public final class PythonRandom {
  private final MersenneTwister twister;

  /**
   * @param seed at least 0
   */
  public PythonRandom(int seed) {
    twister = new MersenneTwister(new int[] {seed});
  }

  /** {@code random.sample(range(size), count)}. */
  public List<Integer> sample(int size, int count) {
    // CPython takes a list where it is small beside the set of what was drawn.
    int setSize = 21;
    if (count > 5) {
      setSize += (int) Math.pow(4, Math.ceil(Math.log(count * 3.0) / Math.log(4)));
    }
    return size <= setSize ? fromPool(size, count) : fromAll(size, count);
  }

  private List<Integer> fromPool(int size, int count) {
    List<Integer> pool = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      pool.add(i);
    }
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = below(size - i);
      drawn.add(pool.get(at));
      pool.set(at, pool.get(size - i - 1));
    }
    return drawn;
  }

  private List<Integer> fromAll(int size, int count) {
    Set<Integer> seen = new HashSet<>();
    List<Integer> drawn = new ArrayList<>();
    while (drawn.size() < count) {
      int next = below(size);
      if (seen.add(next)) {
        drawn.add(next);
      }
    }
    return drawn;
  }

  /** The next number below the bound: as many high bits as it has, until they are below it. */
  private int below(int bound) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    int next;
    do {
      next = twister.nextInt() >>> (Integer.SIZE - bits);
    } while (next >= bound || next < 0);
    return next;
  }
}
