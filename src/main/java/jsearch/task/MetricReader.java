package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jsearch.document.Document;
import jsearch.python.PythonPattern;

/** Reads {@code metric_list} and {@code filter_list} of a task. */
final class MetricReader {
  private static final String EXACT_MATCH = "exact_match";

  private MetricReader() {}

  /** The metrics of a multiple-choice task; {@code acc} and {@code acc_norm} by default. */
  static List<Metric> ofChoices(Document task) {
    Optional<Document> filters = task.find("filter_list");
    if (filters.isPresent()) {
      throw filters
          .get()
          .expected("no filter_list, as a multiple_choice task has no text to filter");
    }
    Optional<Document> list = task.find("metric_list");
    if (list.isEmpty()) {
      return List.of(new Accuracy(false), new Accuracy(true));
    }
    return entries(list.get()).stream().map(MetricReader::accuracy).toList();
  }

  /** The metrics of a generation task: each of {@code metric_list} after each filter entry. */
  static List<Metric> ofText(Document task) {
    List<Pipeline> pipelines =
        task.find("filter_list")
            .map(list -> list.items().stream().map(Pipeline::of).toList())
            .orElseGet(() -> List.of(Pipeline.NONE));
    if (pipelines.isEmpty()) {
      throw task.at("filter_list").expected("at least one filter");
    }
    Optional<Document> list = task.find("metric_list");
    List<Metric> metrics = new ArrayList<>();
    for (Pipeline pipeline : pipelines) {
      if (list.isEmpty()) {
        metrics.add(new ExactMatch(pipeline, List.of(), false, false, false));
      } else {
        entries(list.get()).forEach(entry -> metrics.add(exactMatch(entry, pipeline)));
      }
    }
    return metrics;
  }

  private static List<Document> entries(Document list) {
    List<Document> entries = list.items();
    if (entries.isEmpty()) {
      throw list.expected("at least one metric");
    }
    for (Document entry : entries) {
      Optional<Document> aggregation = entry.find("aggregation");
      if (aggregation.isPresent() && !aggregation.get().text().equals("mean")) {
        throw aggregation.get().expected("mean");
      }
      Optional<Document> higher = entry.find("higher_is_better");
      if (higher.isPresent() && !higher.get().bool()) {
        throw higher.get().expected("true");
      }
    }
    return entries;
  }

  private static Metric accuracy(Document entry) {
    Document name = entry.at("metric");
    Metric metric =
        switch (name.text()) {
          case "acc" -> new Accuracy(false);
          case "acc_norm" -> new Accuracy(true);
          default -> throw name.expected("acc or acc_norm in a multiple_choice task");
        };
    entry.allow(Set.of("metric", "aggregation", "higher_is_better"));
    return metric;
  }

  private static Metric exactMatch(Document entry, Pipeline pipeline) {
    Document name = entry.at("metric");
    if (InstructionAccuracy.NAMES.contains(name.text())) {
      return InstructionAccuracy.of(entry, pipeline);
    }
    if (!name.text().equals(EXACT_MATCH)) {
      throw name.expected("exact_match in a generate_until task, or one of IFEval's metrics");
    }
    entry.allow(
        Set.of(
            "metric",
            "aggregation",
            "higher_is_better",
            "ignore_case",
            "ignore_punctuation",
            "ignore_numbers",
            "regexes_to_ignore"));
    List<PythonPattern> regexes =
        entry
            .find("regexes_to_ignore")
            .map(list -> list.items().stream().map(PythonPattern::of).toList())
            .orElse(List.of());
    return new ExactMatch(
        pipeline,
        regexes,
        entry.find("ignore_case").map(Document::bool).orElse(false),
        entry.find("ignore_punctuation").map(Document::bool).orElse(false),
        entry.find("ignore_numbers").map(Document::bool).orElse(false));
  }
}
