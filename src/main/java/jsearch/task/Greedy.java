package jsearch.task;

/**
 * Would the model have written a right answer, word for word?
 *
 * @param name {@code exact_match} of a choice, {@code acc} of a text that is scored
 */
record Greedy(String name) implements Metric {
  @Override
  public double value(Item item, Answer answer) {
    return item.golds().stream().anyMatch(gold -> answer.greedy().get(gold)) ? 1 : 0;
  }
}
