package jsearch.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jsearch.document.InputException;
import jsearch.task.Answer;
import jsearch.task.Item;
import jsearch.task.Metric;
import jsearch.task.Task;

/**
 * A task's part in a suite.
 *
 * @param weight its share of the score, above 0; only the ratio to other weights matters
 * @param metric the one of the task's metrics that counts
 * @param search its items of the search split
 * @param confirm its items of the confirm split
 */
record SuiteTask(Task task, double weight, Metric metric, List<Item> search, List<Item> confirm) {
  SuiteTask {
    search = List.copyOf(search);
    confirm = List.copyOf(confirm);
    Map<List<Object>, Item> seen = new HashMap<>();
    search.forEach(item -> seen.put(item.question(), item));
    for (Item item : confirm) {
      Item twin = seen.get(item.question());
      if (twin != null) {
        throw new InputException(
            """
            Task %s (%s): items %d and %d have the same prompt and answer, and the split puts one \
            into search and one into confirm; expected each item once.
            Maybe remove one of them from the data."""
                .formatted(task.name(), task.file(), twin.id(), item.id()));
      }
    }
  }

  /** The result of one item; {@code answerTokens} is the number of tokens of its right answer. */
  ItemScore score(Item item, Answer answer, int answerTokens) {
    boolean broken = answer.isBroken();
    return new ItemScore(
        task.name(),
        item.id(),
        broken ? Double.NaN : metric.value(item, answer),
        broken ? 1 : metric.weight(item, answer),
        answer.logLikelihoods().get(item.gold()),
        answerTokens);
  }

  /** The results of its items, in the order of a split. */
  TaskScores scores(List<ItemScore> items) {
    return new TaskScores(task.name(), metric, weight, items);
  }

  List<Item> items(Split split) {
    return split == Split.SEARCH ? search : confirm;
  }
}
