package jsearch.eval;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.task.Metric;
import jsearch.task.Task;

/**
 * What an entry of a suite's tasks says of each of its tasks.
 *
 * <p>The entry's keys go for all of them, but {@code members} may say otherwise by a task's name.
 */
record EntrySettings(Document entry) {
  /** What may be said of a single member too. */
  private static final Set<String> OWN = Set.of("metric", "normalise", "cluster", "stratify");

  private static final Set<String> KEYS =
      Set.of(
          "task",
          "weight",
          "axis",
          "search",
          "confirm",
          "metric",
          "normalise",
          "cluster",
          "stratify",
          "members");

  EntrySettings {
    entry.allow(KEYS);
  }

  /**
   * Refuses members that the entry does not have.
   *
   * @throws InputException for other names, and for keys that are not a member's own
   */
  void requireMembers(List<Task> tasks) {
    Set<String> names = tasks.stream().map(Task::name).collect(Collectors.toSet());
    entry
        .find("members")
        .ifPresent(own -> own.allow(names).entries().values().forEach(one -> one.allow(OWN)));
  }

  /** The share of the score that all tasks have together. */
  double weight() {
    Optional<Document> weight = entry.find("weight");
    if (weight.isPresent() && weight.get().number() <= 0) {
      throw weight.get().expected("a number above 0");
    }
    return weight.map(Document::number).orElse(1.0);
  }

  /** Which of two objectives the tasks count for. */
  Optional<String> axis() {
    return entry.find("axis").map(Document::text);
  }

  Sampling sampling(Task task) {
    return new Sampling(
        find("cluster", task).map(Document::text), find("stratify", task).map(Document::text));
  }

  /** How the task's result becomes its score. */
  Optional<Scale> scale(Task task) {
    return find("normalise", task).map(EntrySettings::scale);
  }

  private static Scale scale(Document normalise) {
    normalise.allow(Set.of("floor", "ceiling"));
    double floor = normalise.find("floor").map(Document::number).orElse(0.0);
    double ceiling = normalise.find("ceiling").map(Document::number).orElse(1.0);
    if (!(floor < ceiling)) {
      throw normalise.expected("a floor below the ceiling, which are 0 and 1 unless given");
    }
    return new Scale(floor, ceiling);
  }

  /** The metric that counts, named with or without its filter; the task's first by default. */
  Metric metric(Task task) {
    Optional<Document> name = find("metric", task);
    if (name.isEmpty()) {
      return task.metrics().get(0);
    }
    String wanted = name.get().text();
    return task.metrics().stream()
        .filter(metric -> (metric.name() + ",").startsWith(wanted + ","))
        .findFirst()
        .orElseThrow(
            () ->
                name.get()
                    .expected(
                        "a metric of task %s: %s"
                            .formatted(
                                task.name(), task.metrics().stream().map(Metric::name).toList())));
  }

  private Optional<Document> find(String key, Task task) {
    return entry
        .find("members")
        .flatMap(own -> own.find(task.name()))
        .flatMap(own -> own.find(key))
        .or(() -> entry.find(key));
  }
}
