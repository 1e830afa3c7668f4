package jsearch.hub;

/** What a download from the Hub tells while it runs, and what it asks. */
public interface HubMonitor {
  /**
   * So many bytes are fetched of so many.
   *
   * <p>Small files are fetched first, then all weights; each of the two counts for itself. What an
   * earlier download left does not count.
   *
   * @param file the name of the file that is being fetched
   */
  void downloaded(String file, long bytes, long total);

  /** Something that a person should know, a sentence. */
  void warn(String warning);

  /** Whether to stop, and keep for next time what is fetched; asked often. */
  boolean stop();
}
