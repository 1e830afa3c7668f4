package jsearch.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;

/** Reads a task file: YAML with the field names and meanings of lm-evaluation-harness 0.4. */
final class TaskReader {
  private static final Set<String> KEYS =
      Set.of(
          "task",
          "task_alias",
          "dataset_path",
          "dataset_kwargs",
          "training_split",
          "validation_split",
          "test_split",
          "fewshot_split",
          "fewshot_config",
          "num_fewshot",
          "output_type",
          "doc_to_text",
          "doc_to_target",
          "doc_to_choice",
          "target_delimiter",
          "fewshot_delimiter",
          "gen_prefix",
          "description",
          "generation_kwargs",
          "metric_list",
          "filter_list",
          "repeats",
          // These change no score of local data; files from elsewhere have them.
          "tag",
          "group",
          "metadata",
          "version",
          "dataset_name",
          "should_decontaminate",
          "doc_to_decontamination_query");

  private static final String FUNCTION =
      "Maybe write what the function makes into the data file and name that field.";

  private static final Map<String, String> INSTEAD =
      Map.of(
          "process_docs", "Maybe write the processed items into the data file.",
          "process_results", "Maybe express the rule by metric_list and filter_list.",
          "custom_dataset", "Maybe write the data set into a file of JSON lines.",
          "use_prompt", "Maybe write the prompt into doc_to_text.",
          "doc_to_image", "Only text can be asked about.",
          "doc_to_audio", "Only text can be asked about.",
          "class", "Maybe write the task that the class describes as YAML.");

  private final TaskOptions options;

  TaskReader(TaskOptions options) {
    this.options = options;
  }

  /** The task of these keys, with its items. */
  Task read(TaskFile task) {
    checkKeys(task);
    OutputType type =
        task.find("output_type").map(OutputType::of).orElse(OutputType.GENERATE_UNTIL);
    checkChoices(task, type);
    int shots = shots(task, type);
    List<Metric> metrics = new MetricReader(task, type).read();
    DataFiles data = new DataFiles(task);
    List<Path> evaluated = data.evaluated();
    List<Document> docs = data.docs(evaluated);
    Fields fields = new Fields(names(docs), task.find("doc_to_choice").isPresent());
    PromptReader prompts =
        new PromptReader(task, fields, examples(task, data, docs, shots), options.system());
    List<Item> items =
        new ItemReader(task, type, fields, prompts)
            .read(docs.subList(0, Math.min(docs.size(), options.limit().orElse(docs.size()))));
    List<Path> files = new ArrayList<>(task.files());
    files.addAll(data.files());
    return new Task(
        task.at("task").text(),
        task.find("task_alias").map(Document::text).orElseGet(() -> task.at("task").text()),
        task.file(),
        evaluated.get(0),
        files,
        type,
        items,
        metrics,
        type == OutputType.GENERATE_UNTIL ? Optional.of(Generation.of(task)) : Optional.empty(),
        shots,
        type == OutputType.LOGLIKELIHOOD ? "" : prompts.chatDelimiter());
  }

  private static Set<String> names(List<Document> docs) {
    Set<String> names = new LinkedHashSet<>();
    docs.forEach(doc -> names.addAll(doc.entries().keySet()));
    return names;
  }

  private static void checkKeys(TaskFile task) {
    for (Map.Entry<String, Document> key : task.keys().entrySet()) {
      refuseFunctions(key.getKey(), key.getValue());
      String instead = INSTEAD.get(key.getKey());
      if (instead != null && key.getValue().value() != null) {
        throw new InputException(
            "%s is not supported.\n%s".formatted(key.getValue().place(), instead));
      }
    }
    if (GroupReader.isGroup(task)) {
      throw task.at("group").expected("a task, not a group of tasks");
    }
    task.allow(KEYS);
    task.at("task").text();
    task.find("repeats").ifPresent(repeats -> repeats.integer(1, 1));
  }

  private static void refuseFunctions(String key, Document value) {
    if (TaskFile.isFunction(value)) {
      throw new InputException(
          "%s is the Python function %s, expected a template or a field name.\n%s"
              .formatted(
                  value.place(), TaskFile.function(value), INSTEAD.getOrDefault(key, FUNCTION)));
    }
    if (value.isMap()) {
      value.entries().values().forEach(inner -> refuseFunctions(key, inner));
    } else if (value.isList()) {
      value.items().forEach(inner -> refuseFunctions(key, inner));
    }
  }

  private static void checkChoices(TaskFile task, OutputType type) {
    Optional<Document> choices = task.find("doc_to_choice");
    boolean likely = type == OutputType.LOGLIKELIHOOD || type == OutputType.LOGLIKELIHOOD_ROLLING;
    if (choices.isPresent() && likely) {
      throw choices.get().expected("no doc_to_choice, as one text is scored");
    }
  }

  /** A file that says 0 keeps it; a text that is scored from its beginning has none. */
  private int shots(TaskFile task, OutputType type) {
    Optional<Document> asked = task.find("num_fewshot");
    int own = asked.map(shots -> shots.integer(0, Integer.MAX_VALUE)).orElse(0);
    if (type == OutputType.LOGLIKELIHOOD_ROLLING) {
      if (own > 0) {
        throw asked.get().expected("0, as a loglikelihood_rolling task has no prompt");
      }
      return 0;
    }
    return asked.isPresent() && own == 0 ? 0 : options.shots().orElse(own);
  }

  private static Optional<Examples> examples(
      TaskFile task, DataFiles data, List<Document> docs, int shots) {
    Examples.config(task);
    Document asked = task.find("num_fewshot").orElseGet(() -> task.at("task"));
    return shots == 0
        ? Optional.empty()
        : Optional.of(new Examples(task, data, docs, asked, shots));
  }
}
