package jsearch.eval;

import java.util.List;

/**
 * The results of a task's items.
 *
 * @param task the task's name
 * @param metric the metric that counts, with its filter after a comma if it has one
 * @param weight the task's share of the score; only the ratio to other weights matters
 * @param items in the order of the split, at least one
 */
public record TaskScores(String task, String metric, double weight, List<ItemScore> items) {
  public TaskScores {
    items = List.copyOf(items);
    if (items.isEmpty() || !(weight > 0)) {
      throw new IllegalArgumentException(
          "task %s has %d items and weight %s".formatted(task, items.size(), weight));
    }
  }

  /** Mean of the items' values, with its standard error. */
  public Estimate estimate() {
    return Estimate.of(List.of(stratum()));
  }

  /** Mean over items of the right answer's log-likelihood a token, in nats. */
  public double meanLogLikelihood() {
    return items.stream()
        .mapToDouble(item -> item.logLikelihood() / item.answerTokens())
        .average()
        .orElseThrow();
  }

  Estimate.Stratum stratum() {
    return new Estimate.Stratum(weight, items.stream().map(ItemScore::value).toList());
  }
}
