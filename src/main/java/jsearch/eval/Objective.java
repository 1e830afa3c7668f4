package jsearch.eval;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How the tasks' scores make the one score that a search maximises. */
public enum Objective {
  /** Their weighted mean. */
  MEAN,
  /** The lowest of them, whatever the weights: no task may be paid for by another. */
  WORST,
  /**
   * The weighted mean of what each gains over the better parent of that task.
   *
   * <p>It ranks candidates as {@link #MEAN} does, since the parents are the same for all; its
   * number says what the merge has gained, and its error bars are those of that gain.
   */
  GAIN,

  /**
   * Two objectives, of which the best compromises are kept; {@link Chebyshev} makes one number of
   * what they gain over the better parent of each.
   */
  PARETO;

  /**
   * What each task counts at these scores: the score's derivative, in the tasks' order.
   *
   * @param parents of each task the better parent's results; empty where they are not asked for or
   *     not known
   */
  double[] shares(List<TaskScores> tasks, List<TaskScores> parents) {
    return switch (this) {
      case MEAN, GAIN -> weights(tasks);
      case WORST -> worst(tasks);
      case PARETO -> Chebyshev.shares(tasks, parents);
    };
  }

  /** The worst task alone counts, the first of equals. */
  private static double[] worst(List<TaskScores> tasks) {
    double[] scores = tasks.stream().mapToDouble(TaskScores::score).toArray();
    int worst =
        IntStream.range(0, scores.length)
            .reduce((a, b) -> Double.compare(scores[b], scores[a]) < 0 ? b : a)
            .orElseThrow();
    // A broken task breaks the score.
    boolean broken = Arrays.stream(scores).anyMatch(Double::isNaN);
    return IntStream.range(0, scores.length)
        .mapToDouble(i -> broken ? Double.NaN : i == worst ? 1 : 0)
        .toArray();
  }

  private static double[] weights(List<TaskScores> tasks) {
    double total = tasks.stream().mapToDouble(TaskScores::weight).sum();
    return tasks.stream().mapToDouble(task -> task.weight() / total).toArray();
  }

  /** Whether a score is what is gained over the parents, on the same items. */
  public boolean isAgainstParents() {
    return this == GAIN || this == PARETO;
  }

  /** The name, as a suite file has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
