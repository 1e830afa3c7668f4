package jsearch.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import jsearch.task.Aggregate;
import jsearch.task.Entry;
import jsearch.task.Group;
import jsearch.task.Task;

/**
 * What a task, or a group of tasks, has come to.
 *
 * @param depth number of groups that it is within
 * @param metrics a task's own, or a group's aggregates
 * @param items in the order of the data; empty for a group
 */
public record EntryResult(
    Entry entry, int depth, List<MetricResult> metrics, List<ItemResult> items) {
  public EntryResult {
    metrics = List.copyOf(metrics);
    items = List.copyOf(items);
  }

  /** Solved examples before each question; empty where a group's tasks differ. */
  public OptionalInt shots() {
    int[] shots = entry.tasks().stream().mapToInt(Task::shots).distinct().toArray();
    return shots.length == 1 ? OptionalInt.of(shots[0]) : OptionalInt.empty();
  }

  /**
   * The result of a group.
   *
   * @param tasks the results of its tasks
   */
  static EntryResult of(Group group, int depth, List<EntryResult> tasks) {
    List<MetricResult> metrics = new ArrayList<>();
    for (Aggregate aggregate : group.aggregates()) {
      for (String filter : aggregate.filters().orElseGet(() -> filters(aggregate, tasks))) {
        List<Part> parts = parts(aggregate.metric() + "," + filter, tasks);
        if (!parts.isEmpty()) {
          metrics.add(aggregated(parts, aggregate.bySize()));
        }
      }
    }
    return new EntryResult(group, depth, metrics, List.of());
  }

  /** A task's result and its number of items. */
  private record Part(MetricResult result, int size) {}

  private static List<String> filters(Aggregate aggregate, List<EntryResult> tasks) {
    TreeSet<String> filters = new TreeSet<>();
    for (EntryResult task : tasks) {
      task.metrics().stream()
          .filter(result -> result.metric().equals(aggregate.metric()))
          .forEach(result -> filters.add(result.filter()));
    }
    return List.copyOf(filters);
  }

  private static List<Part> parts(String key, List<EntryResult> tasks) {
    List<Part> parts = new ArrayList<>();
    for (EntryResult task : tasks) {
      task.metrics().stream()
          .filter(result -> result.key().equals(key))
          .forEach(result -> parts.add(new Part(result, task.items().size())));
    }
    return parts;
  }

  /** The mean of tasks, by size with the pooled error that lm-evaluation-harness gives. */
  private static MetricResult aggregated(List<Part> parts, boolean bySize) {
    double items = parts.stream().mapToInt(Part::size).sum();
    double mean = 0;
    double variance = 0;
    for (Part part : parts) {
      double squared = Math.pow(part.result().standardError(), 2);
      double n = part.size();
      mean += part.result().value() * (bySize ? n / items : 1.0 / parts.size());
      variance +=
          bySize
              ? (n - 1) * squared * n / (items - parts.size()) / items
              : squared / parts.size() / parts.size();
    }
    MetricResult first = parts.get(0).result();
    return new MetricResult(
        first.metric(), first.filter(), first.isHigherBetter(), mean, Math.sqrt(variance));
  }
}
