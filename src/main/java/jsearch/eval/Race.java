package jsearch.eval;

/**
 * Decides, after each block of search items, whether a candidate is clearly worse than the best.
 *
 * <p>A race as in Maron and Moore (Hoeffding races, NIPS 1993) and Birattari et al. (F-Race, GECCO
 * 2002): both are compared on the same items by Student's t for paired differences. The items left
 * are few, so the standard error is that of a sample without replacement from the search items
 * (Cochran, Sampling Techniques, section 2.6). Since it is looked at after every block but the
 * last, the error allowed is spent in equal parts (alpha spending; Bonferroni's bound).
 *
 * @param blocks number of blocks, at least 1; nothing is dropped where it is 1
 * @param items number of search items
 */
public record Race(int blocks, int items) {
  /** How often about a candidate is dropped, at most, that is as good as the best. */
  static final double ERROR = 0.05;

  private static final int ITEMS_A_BLOCK = 50;
  private static final int MOST_BLOCKS = 8;

  public Race {
    if (blocks < 1 || items < blocks) {
      throw new IllegalArgumentException("%d blocks of %d items".formatted(blocks, items));
    }
  }

  /** A race over a suite's search items: blocks of 50 items or more, eight at most. */
  public static Race of(Suite suite) {
    int items = suite.size(Split.SEARCH);
    int blocks = Math.min(MOST_BLOCKS, items / ITEMS_A_BLOCK);
    for (SuiteTask task : suite.tasks()) {
      // A standard error needs two clusters of each task.
      blocks = Math.min(blocks, task.searchClusters().size() / 2);
    }
    return new Race(Math.max(1, blocks), items);
  }

  /** Whether a candidate is dropped for its difference to the best on the items so far. */
  public boolean drops(PairedDifference toBest) {
    Estimate estimate = toBest.estimate();
    double left = 1 - (double) estimate.items() / items;
    double margin =
        estimate.quantile(1 - ERROR / Math.max(1, blocks - 1))
            * estimate.standardError()
            * Math.sqrt(left);
    return left > 0 && estimate.mean() + margin < 0;
  }
}
