package jsearch.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number for two objectives: the augmented Chebyshev scalarisation of their gains.
 *
 * <p>With the gain g of each axis over the better parent on that axis it is min g + ρ · mean g
 * (Steuer and Choo, An interactive weighted Tchebycheff procedure, Mathematical Programming 1983).
 * It is 0 or more only where a candidate is as good as the better parent on both axes, or so nearly
 * that the mean makes up for it; the small ρ prefers, of candidates with the same lesser gain, the
 * one with the higher other.
 */
final class Chebyshev {
  /** How much the mean of the gains counts beside the least. */
  static final double RHO = 0.05;

  private Chebyshev() {}

  /** The names of the axes, in the tasks' order. */
  static List<String> axes(List<TaskScores> tasks) {
    return tasks.stream().map(task -> task.axis().orElseThrow()).distinct().toList();
  }

  /**
   * What each task counts: the derivative, which is 1 + ρ/2 for the axis of the lesser gain and ρ/2
   * for the other, times the task's share of its axis.
   *
   * <p>Where both gain the same, the first axis is taken for the lesser.
   *
   * @param parents of each task the results of the parent that is better on its axis; empty while
   *     they are not known: gains are then the scores themselves
   */
  static double[] shares(List<TaskScores> tasks, List<TaskScores> parents) {
    Map<String, Double> totals = totals(tasks);
    Map<String, Double> gains = new LinkedHashMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskScores task = tasks.get(i);
      double gain = task.score() - (parents.isEmpty() ? 0 : parents.get(i).score());
      String axis = task.axis().orElseThrow();
      gains.merge(axis, task.weight() / totals.get(axis) * gain, Double::sum);
    }
    String least =
        gains.keySet().stream().reduce((a, b) -> gains.get(b) < gains.get(a) ? b : a).orElseThrow();
    return tasks.stream()
        .mapToDouble(
            task -> {
              String axis = task.axis().orElseThrow();
              double factor = (axis.equals(least) ? 1 : 0) + RHO / gains.size();
              return factor * task.weight() / totals.get(axis);
            })
        .toArray();
  }

  /** The sum of the tasks' weights of each axis. */
  private static Map<String, Double> totals(List<TaskScores> tasks) {
    Map<String, Double> totals = new LinkedHashMap<>();
    tasks.forEach(task -> totals.merge(task.axis().orElseThrow(), task.weight(), Double::sum));
    return totals;
  }
}
