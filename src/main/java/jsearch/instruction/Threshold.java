package jsearch.instruction;

/**
 * A number of things that is to be reached, or to be stayed below.
 *
 * @param count the number, at least 1
 * @param reach whether it is "at least" that many instead of "less than" that many
 */
record Threshold(int count, boolean reach) {
  Threshold {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count);
    }
  }

  boolean holds(long found) {
    return found >= count == reach;
  }
}
