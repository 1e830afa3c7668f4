package jsearch.task;

import java.nio.charset.StandardCharsets;

/**
 * {@code acc} and its kin: is a right choice the strongest one? The first wins a tie.
 *
 * @param strength what is compared
 */
record Accuracy(Strength strength) implements Metric {
  /** How strong a choice is, by its log-likelihood. */
  enum Strength {
    /** As it is. */
    PLAIN("acc"),
    /** Divided by the choice's length in code points. */
    BY_LENGTH("acc_norm"),
    /** Divided by the choice's length in bytes. */
    BY_BYTES("acc_bytes"),
    /** Less the log-likelihood without the prompt. */
    MUTUAL_INFORMATION("acc_mutual_info");

    private final String metric;

    Strength(String metric) {
      this.metric = metric;
    }

    private double of(String choice, Answer answer, int i) {
      double logLikelihood = answer.logLikelihoods().get(i);
      return switch (this) {
        case PLAIN -> logLikelihood;
        case BY_LENGTH -> logLikelihood / choice.codePointCount(0, choice.length());
        case BY_BYTES -> logLikelihood / choice.getBytes(StandardCharsets.UTF_8).length;
        case MUTUAL_INFORMATION -> logLikelihood - answer.unprompted().get(i);
      };
    }
  }

  @Override
  public String name() {
    return strength.metric;
  }

  @Override
  public double value(Item item, Answer answer) {
    return item.golds().contains(strongest(item, answer)) ? 1 : 0;
  }

  @Override
  public boolean needsUnprompted() {
    return strength == Strength.MUTUAL_INFORMATION;
  }

  private int strongest(Item item, Answer answer) {
    int best = 0;
    for (int i = 1; i < item.choices().size(); i++) {
      if (strength.of(item.choices().get(i), answer, i)
          > strength.of(item.choices().get(best), answer, best)) {
        best = i;
      }
    }
    return best;
  }

  /** The place of the likeliest choice. */
  static int likeliest(Item item, Answer answer) {
    return new Accuracy(Strength.PLAIN).strongest(item, answer);
  }
}
