package jsearch.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param scale how its result becomes its score; empty where it is the score
 * @param cluster the field of the data that items of one cluster have in common; empty where each
 *     item stands alone
 * @param axis which of two objectives it counts for; empty where there is one
 * @param search its items of the search split, items of one cluster side by side
 * @param confirm its items of the confirm split
 */
record SuiteTask(
    Task task,
    double weight,
    Metric metric,
    Optional<Scale> scale,
    Optional<String> cluster,
    Optional<String> axis,
    List<Item> search,
    List<Item> confirm) {
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

  /** A task whose result is its score, of items that stand alone. */
  SuiteTask(Task task, double weight, Metric metric, List<Item> search, List<Item> confirm) {
    this(
        task,
        weight,
        metric,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        search,
        confirm);
  }

  /** The result of one item; {@code answerTokens} is the number of tokens of its right answer. */
  ItemScore score(Item item, Answer answer, int answerTokens) {
    boolean broken = answer.isBroken();
    return new ItemScore(
        task.name(),
        item.id(),
        cluster(item),
        broken ? Double.NaN : metric.value(item, answer),
        broken ? 1 : metric.weight(item, answer),
        answer.logLikelihoods().get(item.gold()),
        answerTokens);
  }

  /** The results of its items, in the order of a split. */
  TaskScores scores(List<ItemScore> items) {
    return new TaskScores(task.name(), metric, weight, scale, axis, items);
  }

  private String cluster(Item item) {
    return cluster.map(field -> Sampling.text(item, field)).orElse(String.valueOf(item.id()));
  }

  /** With one of {@code number} equal parts of its search clusters, and nothing to confirm. */
  SuiteTask block(int block, int number) {
    List<List<Item>> clusters = searchClusters();
    List<Item> items =
        clusters.subList(start(block, number), start(block + 1, number)).stream()
            .flatMap(List::stream)
            .toList();
    return new SuiteTask(task, weight, metric, scale, cluster, axis, items, List.of());
  }

  private int start(int block, int number) {
    return (int) ((long) searchClusters().size() * block / number);
  }

  /** The search items cluster by cluster, in their order. */
  List<List<Item>> searchClusters() {
    Map<String, List<Item>> clusters = new LinkedHashMap<>();
    search.forEach(
        item -> clusters.computeIfAbsent(cluster(item), name -> new ArrayList<>()).add(item));
    return List.copyOf(clusters.values());
  }

  List<Item> items(Split split) {
    return split == Split.SEARCH ? search : confirm;
  }
}
