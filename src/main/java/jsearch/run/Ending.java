package jsearch.run;

import java.util.Locale;

/** Why a search ended. */
public enum Ending {
  /** Every trial is finished. */
  BUDGET,
  TIME_LIMIT,
  /** So many proposals in a row were no better than the best merge before them. */
  PATIENCE,
  /** A merge has the score that is enough. */
  TARGET,
  /** It was told to stop, so it can go on; the other ends are for good unless limits change. */
  STOPPED;

  /** For people and summaries, such as {@code time limit}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
