package jsearch.task;

import java.util.List;

/** {@code brier_score}: squared distance of the choices' probabilities to the right one's. */
record BrierScore() implements Metric {
  @Override
  public String name() {
    return "brier_score";
  }

  @Override
  public double value(Item item, Answer answer) {
    List<Double> logLikelihoods = answer.logLikelihoods();
    double most = logLikelihoods.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double total = logLikelihoods.stream().mapToDouble(value -> Math.exp(value - most)).sum();
    double distance = 0;
    for (int i = 0; i < logLikelihoods.size(); i++) {
      double probability = Math.exp(logLikelihoods.get(i) - most) / total;
      distance += Math.pow(probability - (i == item.gold() ? 1 : 0), 2);
    }
    return -distance;
  }

  @Override
  public double reported(double ratio) {
    return -ratio;
  }

  @Override
  public boolean isHigherBetter() {
    return false;
  }
}
