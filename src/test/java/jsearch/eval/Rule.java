package jsearch.eval;

import java.util.function.DoubleUnaryOperator;
import jsearch.task.Answer;
import jsearch.task.Item;
import jsearch.task.Metric;

/** A metric of which a test only needs what it reports. */
record Rule(String name, DoubleUnaryOperator shown) implements Metric {
  static final Rule MEAN = new Rule("acc", ratio -> ratio);
  static final Rule PERPLEXITY = new Rule("perplexity", ratio -> Math.exp(-ratio));

  @Override
  public double value(Item item, Answer answer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double reported(double ratio) {
    return shown.applyAsDouble(ratio);
  }
}
