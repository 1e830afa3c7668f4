package jsearch.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.task.Metric;
import jsearch.task.Task;

/** Reads a suite file and splits the items of its tasks. */
final class SuiteReader {
  private SuiteReader() {}

  static Suite read(Path file) {
    Document suite = Document.yaml(file);
    if (suite.find("output_type").isPresent() || suite.find("doc_to_text").isPresent()) {
      throw new InputException(
          """
          %s is a task, expected a suite.
          Maybe write a suite file: suite: NAME, tasks: [{task: %s, search: 50, confirm: 200}]."""
              .formatted(file, file.getFileName()));
    }
    suite.allow(Set.of("suite", "split_seed", "objective", "chat", "tasks"));
    long seed =
        suite.find("split_seed").map(n -> n.whole(Long.MIN_VALUE, Long.MAX_VALUE)).orElse(0L);
    Objective objective =
        suite.find("objective").map(SuiteReader::objective).orElse(Objective.MEAN);
    boolean chat = suite.find("chat").map(Document::bool).orElse(false);
    List<SuiteTask> tasks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Document entry : suite.at("tasks").items()) {
      SuiteTask task = task(file, seed, entry);
      if (!names.add(task.task().name())) {
        throw entry.expected(
            "another task, as %s is in the suite already".formatted(task.task().name()));
      }
      tasks.add(task);
    }
    if (tasks.isEmpty()) {
      throw suite.at("tasks").expected("at least one task");
    }
    return new Suite(file, suite.at("suite").text(), seed, objective, chat, tasks);
  }

  private static SuiteTask task(Path file, long seed, Document entry) {
    entry.allow(
        Set.of(
            "task", "weight", "search", "confirm", "metric", "normalise", "cluster", "stratify"));
    double weight = weight(entry);
    // A standard error needs two items.
    int search = entry.at("search").integer(2, Integer.MAX_VALUE);
    int confirm = entry.at("confirm").integer(2, Integer.MAX_VALUE);
    Task task = Task.read(file.resolveSibling(entry.at("task").text()));
    if ((long) search + confirm > task.items().size()) {
      throw new InputException(
          "%s asks for %d search and %d confirm items, but task %s (%s) has %d."
              .formatted(
                  entry.place(), search, confirm, task.name(), task.file(), task.items().size()));
    }
    Sampling sampling =
        new Sampling(
            entry.find("cluster").map(Document::text), entry.find("stratify").map(Document::text));
    // The name takes part, so that a task's split does not depend on the other tasks.
    Random random = new Random(31 * seed + task.name().hashCode());
    Sampling.Draw draw;
    try {
      draw = sampling.draw(task.items(), search, confirm, random);
    } catch (NoSuchElementException e) {
      throw new InputException(
          """
          %s asks for %d search and %d confirm items, but clusters of task %s (%s) are not shared \
          out between them, and too few are left.
          Maybe ask for fewer items."""
              .formatted(entry.place(), search, confirm, task.name(), task.file()),
          e);
    }
    return new SuiteTask(
        task,
        weight,
        metric(entry.find("metric"), task),
        entry.find("normalise").map(SuiteReader::scale),
        sampling.cluster(),
        draw.search(),
        draw.confirm());
  }

  private static Objective objective(Document name) {
    return switch (name.text()) {
      case "mean" -> Objective.MEAN;
      case "worst" -> Objective.WORST;
      case "gain" -> Objective.GAIN;
      case "pareto" ->
          throw new InputException(
              """
              %s is "pareto", which is not supported: a search has one objective.
              Maybe weigh the two against each other by their tasks' weights, or take worst."""
                  .formatted(name.place()));
      default -> throw name.expected("mean, worst or gain");
    };
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

  private static double weight(Document entry) {
    Optional<Document> weight = entry.find("weight");
    if (weight.isPresent() && weight.get().number() <= 0) {
      throw weight.get().expected("a number above 0");
    }
    return weight.map(Document::number).orElse(1.0);
  }

  /** The metric of this name, with or without its filter; the task's first by default. */
  private static Metric metric(Optional<Document> name, Task task) {
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
}
