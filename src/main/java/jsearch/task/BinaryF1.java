package jsearch.task;

/** {@code f1} of choice 1 against all others: 2·TP / (2·TP + FP + FN). */
record BinaryF1() implements Metric {
  private static final int POSITIVE = 1;

  @Override
  public String name() {
    return "f1";
  }

  @Override
  public double value(Item item, Answer answer) {
    return isPositive(item) && isCalledPositive(item, answer) ? 2 : 0;
  }

  @Override
  public double weight(Item item, Answer answer) {
    return (isPositive(item) ? 1 : 0) + (isCalledPositive(item, answer) ? 1 : 0);
  }

  private static boolean isPositive(Item item) {
    return item.gold() == POSITIVE;
  }

  private static boolean isCalledPositive(Item item, Answer answer) {
    return Accuracy.likeliest(item, answer) == POSITIVE;
  }
}
