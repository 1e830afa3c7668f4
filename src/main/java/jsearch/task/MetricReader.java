package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonPattern;
import jsearch.task.Accuracy.Strength;
import jsearch.task.Perplexity.Unit;

/** Reads {@code metric_list} and {@code filter_list} of a task. */
final class MetricReader {
  private static final Set<String> KEYS = Set.of("metric", "aggregation", "higher_is_better");

  /** Metrics of whole corpora and of Python packages, which are not computed here. */
  private static final Set<String> ELSEWHERE =
      Set.of("bleu", "chrf", "chrf++", "ter", "mcc", "likelihood", "bypass", "acc_all");

  private final TaskFile task;
  private final OutputType type;

  MetricReader(TaskFile task, OutputType type) {
    this.task = task;
    this.type = type;
  }

  /** Each of {@code metric_list}, or of the type's default, after each filter entry. */
  List<Metric> read() {
    Optional<Document> list = task.find("metric_list");
    if (list.isPresent() && list.get().items().isEmpty()) {
      throw list.get().expected("at least one metric");
    }
    if (type != OutputType.GENERATE_UNTIL) {
      task.find("filter_list").ifPresent(Pipeline::refuseText);
    }
    List<Metric> metrics = new ArrayList<>();
    for (Pipeline pipeline : Pipeline.all(task)) {
      metrics.addAll(
          list.map(entries -> entries.items().stream().map(e -> metric(e, pipeline)).toList())
              .orElseGet(() -> defaults(pipeline)));
    }
    return metrics;
  }

  private List<Metric> defaults(Pipeline pipeline) {
    return switch (type) {
      case MULTIPLE_CHOICE ->
          named(pipeline, new Accuracy(Strength.PLAIN), new Accuracy(Strength.BY_LENGTH));
      case LOGLIKELIHOOD -> named(pipeline, new Perplexity(Unit.TEXT), new Greedy("acc"));
      case LOGLIKELIHOOD_ROLLING ->
          named(
              pipeline,
              new Perplexity(Unit.WORD),
              new Perplexity(Unit.BYTE),
              new Perplexity(Unit.BITS));
      case GENERATE_UNTIL -> List.of(new ExactMatch(pipeline, List.of(), false, false, false));
    };
  }

  private static List<Metric> named(Pipeline pipeline, Metric... metrics) {
    Function<Metric, Metric> name =
        metric ->
            pipeline.name().map(filter -> (Metric) new Filtered(metric, filter)).orElse(metric);
    return List.of(metrics).stream().map(name).toList();
  }

  private Metric metric(Document entry, Pipeline pipeline) {
    Document name = entry.at("metric");
    if (ELSEWHERE.contains(name.text())) {
      throw new InputException(
          "%s is %s, which is not supported.\nMaybe leave it out of metric_list."
              .formatted(name.place(), name.text()));
    }
    if (type == OutputType.GENERATE_UNTIL) {
      return written(entry, name, pipeline);
    }
    Metric metric =
        switch (type) {
          case MULTIPLE_CHOICE -> ofChoices(name);
          case LOGLIKELIHOOD -> ofText(name);
          default -> ofWindows(name);
        };
    checkRules(entry.allow(KEYS), metric, aggregation(metric));
    return named(pipeline, metric).get(0);
  }

  private static Metric ofChoices(Document name) {
    return switch (name.text()) {
      case "acc" -> new Accuracy(Strength.PLAIN);
      case "acc_norm" -> new Accuracy(Strength.BY_LENGTH);
      case "acc_bytes" -> new Accuracy(Strength.BY_BYTES);
      case "acc_mutual_info" -> new Accuracy(Strength.MUTUAL_INFORMATION);
      case "exact_match" -> new Greedy("exact_match");
      case "f1" -> new BinaryF1();
      case "brier_score" -> new BrierScore();
      default ->
          throw name.expected(
              "acc, acc_norm, acc_bytes, acc_mutual_info, exact_match, f1 or brier_score in a"
                  + " multiple_choice task");
    };
  }

  private static Metric ofText(Document name) {
    return switch (name.text()) {
      case "perplexity" -> new Perplexity(Unit.TEXT);
      case "acc" -> new Greedy("acc");
      default -> throw name.expected("perplexity or acc in a loglikelihood task");
    };
  }

  private static Metric ofWindows(Document name) {
    return switch (name.text()) {
      case "word_perplexity" -> new Perplexity(Unit.WORD);
      case "byte_perplexity" -> new Perplexity(Unit.BYTE);
      case "bits_per_byte" -> new Perplexity(Unit.BITS);
      default ->
          throw name.expected(
              "word_perplexity, byte_perplexity or bits_per_byte in a loglikelihood_rolling task");
    };
  }

  /** What lm-evaluation-harness calls the way from items to the task's number. */
  private static String aggregation(Metric metric) {
    return switch (metric.name()) {
      case "word_perplexity", "byte_perplexity" -> "weighted_perplexity";
      case "perplexity", "bits_per_byte", "f1", "brier_score" -> metric.name();
      default -> "mean";
    };
  }

  private static void checkRules(Document entry, Metric metric, String rule) {
    Optional<Document> aggregation = entry.find("aggregation");
    if (aggregation.isPresent() && !aggregation.get().text().equals(rule)) {
      throw aggregation.get().expected(rule);
    }
    Optional<Document> higher = entry.find("higher_is_better");
    if (higher.isPresent() && higher.get().bool() != metric.isHigherBetter()) {
      throw higher.get().expected(String.valueOf(metric.isHigherBetter()));
    }
  }

  private static Metric written(Document entry, Document name, Pipeline pipeline) {
    if (InstructionAccuracy.NAMES.contains(name.text())) {
      return InstructionAccuracy.of(entry, pipeline);
    }
    if (!name.text().equals("exact_match")) {
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
    Metric metric =
        new ExactMatch(
            pipeline,
            regexes,
            entry.find("ignore_case").map(Document::bool).orElse(false),
            entry.find("ignore_punctuation").map(Document::bool).orElse(false),
            entry.find("ignore_numbers").map(Document::bool).orElse(false));
    checkRules(entry, metric, "mean");
    return metric;
  }
}
