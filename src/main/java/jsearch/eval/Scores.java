package jsearch.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of all items of a split for one model.
 *
 * @param tasks in the suite's order, at least one
 */
public record Scores(List<TaskScores> tasks) {
  private static final double LARGEST_BONUS = 1e-6;

  public Scores {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("scores need a task");
    }
  }

  /** All items, task by task. */
  public List<ItemScore> items() {
    return tasks.stream().flatMap(task -> task.items().stream()).toList();
  }

  /** The score: the weighted mean of the tasks' results, with its standard error. */
  public Estimate estimate() {
    double total = tasks.stream().mapToDouble(TaskScores::weight).sum();
    double mean = 0;
    List<Estimate.Stratum> strata = new ArrayList<>();
    for (TaskScores task : tasks) {
      double share = task.weight() / total;
      mean += share * task.ratio();
      strata.add(
          new Estimate.Stratum(task.influences().stream().map(pull -> share * pull).toList()));
    }
    return Estimate.of(mean, strata);
  }

  /**
   * The tie-breaker: how likely the model finds the right answers, in nats a token, at most 0.
   *
   * <p>The mean over a task's items, weighted over tasks as the score is. It is taken a token, so
   * that an item with a long answer counts no more than another.
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
   * of two scores of these tasks and weights. So the order is first by score, then by likelihood,
   * and the number reads as the score to five digits. Where an item may count in part, scores
   * within 1e-6 of each other are as good as tied.
   */
  public double objective() {
    double bonus = Math.min(LARGEST_BONUS, resolution() / 2);
    return estimate().mean() + bonus * Math.exp(Math.min(0, meanLogLikelihood()));
  }

  /**
   * The least distance of two different scores where items are right or wrong.
   *
   * <p>A score is Σ w·k/(n·W) with whole k, so it is a multiple of the greatest common divisor of
   * the fractions w/(n·W). Weights are taken as the decimal numbers that they print as.
   */
  double resolution() {
    BigInteger items = BigInteger.ONE;
    int scale = 0;
    for (TaskScores task : tasks) {
      BigInteger n = BigInteger.valueOf(task.items().size());
      items = items.multiply(n).divide(items.gcd(n));
      scale = Math.max(scale, BigDecimal.valueOf(task.weight()).scale());
    }
    BigInteger divisor = BigInteger.ZERO;
    BigInteger total = BigInteger.ZERO;
    for (TaskScores task : tasks) {
      BigInteger weight =
          BigDecimal.valueOf(task.weight()).movePointRight(scale).toBigIntegerExact();
      BigInteger n = BigInteger.valueOf(task.items().size());
      divisor = divisor.gcd(weight.multiply(items).divide(n));
      total = total.add(weight);
    }
    return new BigDecimal(divisor)
        .divide(new BigDecimal(total.multiply(items)), java.math.MathContext.DECIMAL64)
        .doubleValue();
  }
}
