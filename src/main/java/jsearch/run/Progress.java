package jsearch.run;

import jsearch.study.Trial;

/** What a search tells while it runs, on its own thread. */
public interface Progress {
  /**
   * A trial has finished, or was found finished in the journal.
   *
   * @param trial the trial
   * @param finished trials finished so far, known schedules included
   * @param total trials that the search will have
   * @param replayed whether it was found in the journal
   */
  void finished(Trial trial, int finished, int total, boolean replayed);

  /**
   * The search waits for something that a person may have to see to.
   *
   * @param why in a sentence or two
   */
  default void paused(String why) {}
}
