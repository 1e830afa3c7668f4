package jsearch.task;

import java.util.List;
import jsearch.document.InputException;

/**
 * A rule that scores answers; a task's result is Σ value / Σ weight, as {@link #reported} shows it.
 *
 * <p>Most metrics are means over items, of weight 1. Others are ratios of sums: perplexity a word,
 * instructions followed, F1 as 2·TP / (2·TP + FP + FN). A higher ratio is better.
 */
public interface Metric {
  /** The name as lm-evaluation-harness reports it, with the filter after a comma if it has one. */
  String name();

  /**
   * The same metric for these items: what depends on no answer is done here, once.
   *
   * @throws InputException for an item that it could not score; names file, item and key
   */
  default Metric on(List<Item> items) {
    return this;
  }

  /** What the item adds to the sum; 1 for right and 0 for wrong where items are so judged. */
  double value(Item item, Answer answer);

  /** What the item adds to the sum that is divided by, at least 0. */
  default double weight(Item item, Answer answer) {
    return 1;
  }

  /** The number that people know for this ratio, such as exp(−ratio) for a perplexity. */
  default double reported(double ratio) {
    return ratio;
  }

  /** Whether a higher reported number is better, as it is of all but perplexities and errors. */
  default boolean isHigherBetter() {
    return true;
  }

  /** Whether the answers' likelihoods without the prompt are asked for. */
  default boolean needsUnprompted() {
    return false;
  }
}
