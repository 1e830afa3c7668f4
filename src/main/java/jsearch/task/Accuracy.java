package jsearch.task;

import java.util.List;

/**
 * {@code acc}, {@code acc_norm}: is the right choice the most likely one? The first wins a tie.
 *
 * @param normalised whether log-likelihoods are divided by the choice's length in code points
 */
record Accuracy(boolean normalised) implements Metric {
  @Override
  public String name() {
    return normalised ? "acc_norm" : "acc";
  }

  @Override
  public double value(Item item, Answer answer) {
    List<String> choices = item.answers();
    int best = 0;
    for (int i = 1; i < choices.size(); i++) {
      if (strength(choices, answer, i) > strength(choices, answer, best)) {
        best = i;
      }
    }
    return best == item.gold() ? 1 : 0;
  }

  private double strength(List<String> choices, Answer answer, int i) {
    double logLikelihood = answer.logLikelihoods().get(i);
    String choice = choices.get(i);
    return normalised ? logLikelihood / choice.codePointCount(0, choice.length()) : logLikelihood;
  }
}
