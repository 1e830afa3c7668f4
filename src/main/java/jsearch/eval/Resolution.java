package jsearch.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/**
 * A fraction above 0 of which every score of a suite is a multiple, where items are right or wrong.
 *
 * <p>A task's score is (k/n − floor)/(ceiling − floor) with whole k, or 0. So the scores of a suite
 * are multiples of the greatest common divisor of each task's 1/n and floor, times its share over
 * (ceiling − floor). Shares, floors and ceilings are taken as the decimal numbers that they print
 * as.
 */
record Resolution(BigInteger numerator, BigInteger denominator) {
  private static final Resolution ZERO = new Resolution(BigInteger.ZERO, BigInteger.ONE);

  /** The least distance of two different scores under this objective. */
  static double of(Objective objective, List<TaskScores> tasks) {
    Resolution divisor = ZERO;
    for (TaskScores task : tasks) {
      BigDecimal weight = BigDecimal.valueOf(task.weight());
      BigDecimal floor =
          task.scale().map(s -> BigDecimal.valueOf(s.floor())).orElse(BigDecimal.ZERO);
      BigDecimal range =
          task.scale()
              .map(s -> BigDecimal.valueOf(s.ceiling()).subtract(floor))
              .orElse(BigDecimal.ONE);
      BigDecimal whole = total(objective, task, tasks).multiply(range);
      BigDecimal items = BigDecimal.valueOf(task.items().size());
      divisor = divisor.gcd(fraction(weight, whole.multiply(items)));
      divisor = divisor.gcd(fraction(weight.multiply(floor.abs()), whole));
    }
    return new BigDecimal(divisor.numerator)
        .divide(new BigDecimal(divisor.denominator), MathContext.DECIMAL64)
        .doubleValue();
  }

  /** What the task's weight is a share of. */
  private static BigDecimal total(Objective objective, TaskScores task, List<TaskScores> tasks) {
    return switch (objective) {
      case WORST -> BigDecimal.valueOf(task.weight());
      case MEAN, GAIN -> sum(tasks);
      // The factors of the axes are 1 + ρ/2 and ρ/2: both are multiples of ρ/2, as 2/ρ is whole.
      case PARETO ->
          sum(tasks.stream().filter(other -> other.axis().equals(task.axis())).toList())
              .multiply(BigDecimal.valueOf(2).divide(BigDecimal.valueOf(Chebyshev.RHO)));
    };
  }

  private static BigDecimal sum(List<TaskScores> tasks) {
    return tasks.stream()
        .map(task -> BigDecimal.valueOf(task.weight()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Resolution fraction(BigDecimal a, BigDecimal b) {
    int scale = Math.max(0, Math.max(a.scale(), b.scale()));
    return new Resolution(
        a.movePointRight(scale).toBigIntegerExact(), b.movePointRight(scale).toBigIntegerExact());
  }

  /** gcd(a/b, c/d) = gcd(a·d, c·b) / (b·d). */
  private Resolution gcd(Resolution other) {
    BigInteger common =
        numerator.multiply(other.denominator).gcd(other.numerator.multiply(denominator));
    return new Resolution(common, denominator.multiply(other.denominator));
  }
}
