package jsearch.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.task.Entry;
import jsearch.task.TaskOptions;

/** Reads a suite, or a task or group as one, and splits the items of its tasks. */
final class SuiteReader {
  private static final long NO_SEED = 0;

  private SuiteReader() {}

  /** The suite of this file, or the one that a task or group makes alone. */
  static Suite read(Path file) {
    return Entry.isEntry(file) ? alone(file) : suite(file);
  }

  private static Suite alone(Path file) {
    Entry entry = Entry.read(file, TaskOptions.NONE);
    return new Suite(
        entry.files(),
        entry.name(),
        NO_SEED,
        Objective.MEAN,
        false,
        SuiteEntry.alone(entry).tasks(NO_SEED));
  }

  private static Suite suite(Path file) {
    Document suite = Document.yaml(file);
    suite.allow(Set.of("suite", "split_seed", "objective", "chat", "tasks"));
    long seed =
        suite.find("split_seed").map(n -> n.whole(Long.MIN_VALUE, Long.MAX_VALUE)).orElse(NO_SEED);
    Objective objective =
        suite.find("objective").map(SuiteReader::objective).orElse(Objective.MEAN);
    boolean chat = suite.find("chat").map(Document::bool).orElse(false);
    List<Document> listed = suite.at("tasks").items();
    if (listed.isEmpty()) {
      throw suite.at("tasks").expected("at least one task");
    }
    List<Path> files = new ArrayList<>(List.of(file));
    List<SuiteTask> tasks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Document keys : listed) {
      SuiteEntry entry = new SuiteEntry(file, keys);
      files.addAll(entry.files());
      for (SuiteTask task : entry.tasks(seed)) {
        if (!names.add(task.task().name())) {
          throw keys.expected(
              "another task, as %s is in the suite already".formatted(task.task().name()));
        }
        tasks.add(task);
      }
    }
    requireAxes(suite, objective, tasks);
    return new Suite(
        files.stream().distinct().toList(), suite.at("suite").text(), seed, objective, chat, tasks);
  }

  /** A Pareto set is of two axes, and each task counts for one of them. */
  private static void requireAxes(Document suite, Objective objective, List<SuiteTask> tasks) {
    List<Document> entries = suite.at("tasks").items();
    if (objective != Objective.PARETO) {
      for (Document entry : entries) {
        if (entry.find("axis").isPresent()) {
          throw entry.at("axis").expected("no axis, as the objective is " + objective);
        }
      }
      return;
    }
    entries.forEach(entry -> entry.at("axis"));
    List<String> axes = tasks.stream().map(task -> task.axis().orElseThrow()).distinct().toList();
    if (axes.size() != 2) {
      throw new InputException(
          "%s: the tasks have the axes %s, expected two of them for a Pareto set."
              .formatted(suite.source(), axes));
    }
  }

  private static Objective objective(Document name) {
    return switch (name.text()) {
      case "mean" -> Objective.MEAN;
      case "worst" -> Objective.WORST;
      case "gain" -> Objective.GAIN;
      case "pareto" -> Objective.PARETO;
      default -> throw name.expected("mean, worst, gain or pareto");
    };
  }
}
