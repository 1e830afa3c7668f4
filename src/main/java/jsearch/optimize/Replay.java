package jsearch.optimize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers a search that is run again from its start, and collects the points not yet told.
 *
 * <p>An algorithm that keeps state becomes a pure function of seed and history this way: run it
 * anew, answer what it asks from the history, stop it once it needs a score that is not there. A
 * point is a trial once: asked again, it is answered by the score it got.
 */
final class Replay {
  /** Stands for a failed trial, below any score; finite, since the algorithms subtract scores. */
  static final double FAILED = -1e100;

  /** Coordinates may have passed through text or another scale on their way back. */
  private static final double TOLERANCE = 1e-9;

  private final List<Evaluation> history;
  private final Map<List<Double>, Integer> trials = new LinkedHashMap<>();

  Replay(List<Evaluation> history) {
    this.history = List.copyOf(history);
  }

  /** Makes this point the next trial, unless it was one before. */
  void visit(List<Double> point) {
    int trial = trials.size();
    if (trials.putIfAbsent(point, trial) == null && trial < history.size()) {
      requireSame(trial, point, history.get(trial).point());
    }
  }

  /** The score of a visited point; {@link #FAILED} for a failed trial and while it waits. */
  double score(List<Double> point) {
    Integer trial = trials.get(point);
    if (trial == null || trial >= history.size()) {
      return FAILED;
    }
    double score = history.get(trial).score();
    return Double.isFinite(score) ? score : FAILED;
  }

  /** Whether a visited point has no score yet. */
  boolean waits() {
    return trials.size() > history.size();
  }

  /** The visited points without a score, in the order visited. */
  List<List<Double>> waiting() {
    return trials.keySet().stream().skip(history.size()).toList();
  }

  private static void requireSame(int trial, List<Double> asked, List<Double> told) {
    boolean same = asked.size() == told.size();
    for (int i = 0; same && i < asked.size(); i++) {
      same = Math.abs(asked.get(i) - told.get(i)) <= TOLERANCE;
    }
    if (!same) {
      throw new IllegalArgumentException(
          """
          Trial %d of the history is the point %s, but this optimizer and seed asked for %s.
          Maybe the history was made with another optimizer, seed or centre."""
              .formatted(trial, told, asked));
    }
  }
}
