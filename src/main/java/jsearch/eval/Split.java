package jsearch.eval;

/** The two disjoint parts of a suite's items. */
public enum Split {
  /** What the search sees. */
  SEARCH,
  /** What the winner is judged on, once. */
  CONFIRM
}
