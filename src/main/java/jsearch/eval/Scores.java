package jsearch.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The results of all items of a split for one model.
 *
 * @param rule how they make one score
 * @param tasks in the suite's order, at least one
 * @param parents of each task the results of the parent that is better at it, or on its axis, where
 *     the score is what is gained over them; empty otherwise, and while they are not known: the
 *     score then has nothing taken off
 */
public record Scores(Objective rule, List<TaskScores> tasks, List<TaskScores> parents) {
  private static final double LARGEST_BONUS = 1e-6;

  /** Large beside the rounding of scores, which the bonus has to stand out of. */
  private static final double LEAST_BONUS = 1e-10;

  public Scores {
    tasks = List.copyOf(tasks);
    parents = List.copyOf(parents);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("scores need a task");
    }
    if (!parents.isEmpty() && (!rule.isAgainstParents() || parents.size() != tasks.size())) {
      throw new IllegalArgumentException(
          "%d tasks of parents for %d under %s".formatted(parents.size(), tasks.size(), rule));
    }
  }

  /** Scores of which the weighted mean counts. */
  public Scores(List<TaskScores> tasks) {
    this(Objective.MEAN, tasks);
  }

  /** Scores that stand for themselves. */
  public Scores(Objective rule, List<TaskScores> tasks) {
    this(rule, tasks, List.of());
  }

  /** The names of the two axes; empty where there is one objective. */
  public List<String> axes() {
    return rule == Objective.PARETO ? Chebyshev.axes(tasks) : List.of();
  }

  /** The score on one axis: the weighted mean of its tasks. */
  public Scores axis(String name) {
    return new Scores(Objective.MEAN, ofAxis(name, tasks));
  }

  /** What is gained on one axis over the parent that is better on it. */
  public Scores gain(String axis) {
    return new Scores(Objective.GAIN, ofAxis(axis, tasks), ofAxis(axis, parents));
  }

  private static List<TaskScores> ofAxis(String name, List<TaskScores> tasks) {
    return tasks.stream().filter(task -> task.axis().equals(Optional.of(name))).toList();
  }

  /** All items, task by task. */
  public List<ItemScore> items() {
    return tasks.stream().flatMap(task -> task.items().stream()).toList();
  }

  /** These results and those of more items of the same tasks; parents are forgotten. */
  public Scores plus(Scores more) {
    return new Scores(
        rule,
        IntStream.range(0, tasks.size())
            .mapToObj(i -> tasks.get(i).plus(more.tasks().get(i)))
            .toList());
  }

  /** The first items, as many of each task as the other has; parents are forgotten. */
  public Scores first(Scores other) {
    return new Scores(
        rule,
        IntStream.range(0, tasks.size())
            .mapToObj(i -> tasks.get(i).first(other.tasks().get(i).items().size()))
            .toList());
  }

  /** These results seen from the parents' on the same items, where the score is a gain. */
  public Scores against(Scores base, Scores donor) {
    if (!rule.isAgainstParents()) {
      return this;
    }
    List<TaskScores> better = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskScores a = base.tasks().get(i);
      TaskScores b = donor.tasks().get(i);
      boolean donors =
          rule == Objective.GAIN
              ? b.score() > a.score()
              : donor.axis(b.axis().get()).mean() > base.axis(a.axis().get()).mean();
      better.add(donors ? b : a);
    }
    return new Scores(rule, tasks, better);
  }

  /** The score with its standard error. */
  public Estimate estimate() {
    List<List<Double>> pulls = pulls();
    return Estimate.of(
        mean(),
        IntStream.range(0, tasks.size())
            .mapToObj(i -> tasks.get(i).stratum(pulls.get(i)))
            .toList());
  }

  private double mean() {
    double[] shares = rule.shares(tasks, parents);
    double mean = 0;
    for (int i = 0; i < shares.length; i++) {
      double parent = parents.isEmpty() ? 0 : parents.get(i).score();
      mean += part(shares[i], tasks.get(i).score() - parent);
    }
    return mean;
  }

  /** How far each item pulls the score off, task by task. */
  List<List<Double>> pulls() {
    double[] shares = rule.shares(tasks, parents);
    List<List<Double>> pulls = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      List<Double> own = tasks.get(i).pulls(shares[i]);
      pulls.add(
          parents.isEmpty() ? own : PairedDifference.minus(own, parents.get(i).pulls(shares[i])));
    }
    return pulls;
  }

  /** So that a task that does not count may have a score that is not finite. */
  private static double part(double share, double score) {
    return share == 0 ? 0 : share * score;
  }

  /**
   * The tie-breaker: how likely the model finds the right answers, in nats a token, at most 0.
   *
   * <p>The mean over a task's items, weighted over tasks. It is taken a token, so that an item with
   * a long answer counts no more than another.
   */
  public double meanLogLikelihood() {
    double total = tasks.stream().mapToDouble(TaskScores::weight).sum();
    return tasks.stream()
        .mapToDouble(task -> task.weight() / total * task.meanLogLikelihood())
        .sum();
  }

  /**
   * The number to maximise: the score, ties broken by the mean log-likelihood; NaN if any is NaN.
   *
   * <p>It is score + ε·exp(mean log-likelihood), where exp(...) is the geometric mean probability
   * of the right answers' tokens, in [0,1], and ε is 1e-6 or, if smaller, half the least distance
   * of two scores of these tasks and weights, but at least 1e-10. So the order is first by score,
   * then by likelihood, and the number reads as the score to five digits. Where an item may count
   * in part, scores within 1e-6 of each other are as good as tied.
   */
  public double objective() {
    double bonus = Math.max(LEAST_BONUS, Math.min(LARGEST_BONUS, Resolution.of(rule, tasks) / 2));
    return mean() + bonus * Math.exp(Math.min(0, meanLogLikelihood()));
  }
}
