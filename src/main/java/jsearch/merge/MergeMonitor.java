package jsearch.merge;

/** What a merge to disk tells while it runs, and what it asks; called by one thread at a time. */
public interface MergeMonitor {
  /** So many bytes of weights are written of so many. */
  void written(long bytes, long total);

  /** What was done, a sentence. */
  void note(String note);

  /** Something that a person should look at, a sentence. */
  void warn(String warning);

  /** Whether to stop and leave nothing behind; asked often. */
  boolean stop();
}
