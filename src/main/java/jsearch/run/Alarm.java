package jsearch.run;

/** Whom a watchdog tells; called on a thread of its own. */
public interface Alarm {
  /** Something seems to be wrong, and may still come right. */
  void warn(String message);

  /** Nothing more can be waited for: the process is to end, without waiting for its threads. */
  void giveUp(String message);
}
