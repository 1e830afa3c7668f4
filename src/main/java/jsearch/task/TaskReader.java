package jsearch.task;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.document.Document;
import jsearch.document.InputException;

/** Reads a task file: YAML with the field names and meanings of lm-evaluation-harness 0.4. */
final class TaskReader {
  private static final Set<String> KEYS =
      Set.of(
          "task",
          "dataset_path",
          "dataset_kwargs",
          "test_split",
          "validation_split",
          "output_type",
          "doc_to_text",
          "doc_to_target",
          "doc_to_choice",
          "target_delimiter",
          "fewshot_delimiter",
          "description",
          "generation_kwargs",
          "metric_list",
          "filter_list",
          "num_fewshot",
          "repeats",
          // These change no score of a task without examples; files from elsewhere have them.
          "task_alias",
          "tag",
          "metadata",
          "version",
          "training_split",
          "fewshot_split",
          "should_decontaminate",
          "doc_to_decontamination_query");

  private static final Map<String, String> INSTEAD =
      Map.of(
          "include", "Maybe copy the keys of the included file into this one.",
          "group", "Maybe list the group's tasks in a suite file.",
          "dataset_name", "Maybe name the local file in dataset_kwargs: data_files.",
          "process_docs", "Maybe write the processed items into the data file.",
          "process_results", "Maybe express the rule by metric_list and filter_list.",
          "gen_prefix", "Maybe append the prefix to doc_to_text.",
          "fewshot_config", "Maybe write the examples into description.");

  private static final Pattern FUNCTION =
      Pattern.compile("(?m)^[ \\t]*(?:- +)?(\\w+):[ \\t]*!function[ \\t]+(\\S+)");

  private TaskReader() {}

  /**
   * Reads a task file and renders all its items.
   *
   * @throws InputException naming file, key, value found and value expected
   */
  static Task read(Path file) {
    String text = Document.readText(file);
    refuseFunctions(file, text);
    Document task = Document.yaml(file.toString(), text);
    checkKeys(task);
    boolean writes = writes(task);
    Document options = options(task);
    Path data = data(file, task, options);
    List<Document> docs = items(data, options.find("field"));
    return new Task(
        task.at("task").text(),
        file,
        data,
        new ItemReader(task, docs, writes).read(),
        writes ? MetricReader.ofText(task) : MetricReader.ofChoices(task),
        writes ? Optional.of(Generation.of(task)) : Optional.empty());
  }

  /** Whether the model writes its answers, which is the default, or chooses among given ones. */
  private static boolean writes(Document task) {
    Optional<Document> type = task.find("output_type");
    return type.isEmpty()
        || switch (type.get().text()) {
          case "multiple_choice" -> false;
          case "generate_until" -> true;
          default -> throw type.get().expected("multiple_choice or generate_until");
        };
  }

  private static void refuseFunctions(Path file, String text) {
    Matcher matcher = FUNCTION.matcher(text);
    if (matcher.find()) {
      throw new InputException(
          """
          %s: %s is the Python function %s, expected a template or a field name.
          Maybe write what the function makes into the data file and name that field."""
              .formatted(file, matcher.group(1), matcher.group(2)));
    }
  }

  private static void checkKeys(Document task) {
    for (Map.Entry<String, Document> entry : task.entries().entrySet()) {
      String instead = INSTEAD.get(entry.getKey());
      if (instead != null) {
        throw new InputException(
            "%s: %s is not supported.\n%s".formatted(task.source(), entry.getKey(), instead));
      }
    }
    task.allow(KEYS);
    Optional<Document> shots = task.find("num_fewshot");
    if (shots.isPresent() && shots.get().integer(0, Integer.MAX_VALUE) > 0) {
      throw new InputException(
          shots.get().expected("0").getMessage() + "\nMaybe write the examples into description.");
    }
    task.find("repeats").ifPresent(repeats -> repeats.integer(1, 1));
  }

  private static Document options(Document task) {
    Document path = task.at("dataset_path");
    if (!path.text().equals("json")) {
      throw path.expected("json (local JSON or JSON lines, named in dataset_kwargs: data_files)");
    }
    return task.at("dataset_kwargs").allow(Set.of("data_files", "field"));
  }

  private static Path data(Path file, Document task, Document options) {
    Document named = dataFile(task, options.at("data_files"));
    Path data = file.resolveSibling(named.text());
    // Relative to the working directory, as lm-evaluation-harness has it.
    return !Files.exists(data) && Files.exists(Path.of(named.text()))
        ? Path.of(named.text())
        : data;
  }

  /** The file of the split that is evaluated: the test split, else the validation split. */
  private static Document dataFile(Document task, Document files) {
    if (files.isText()) {
      return files;
    }
    Optional<Document> split = task.find("test_split").or(() -> task.find("validation_split"));
    Map<String, Document> splits = files.entries();
    if (split.isEmpty() && splits.size() == 1) {
      return splits.values().iterator().next();
    }
    if (split.isEmpty()) {
      throw files.expected("one file, or a test_split that names one of them");
    }
    if (!splits.containsKey(split.get().text())) {
      throw split.get().expected("one of data_files: %s".formatted(splits.keySet()));
    }
    return splits.get(split.get().text());
  }

  /** A JSON list, the list in this field of a JSON object, or JSON lines. */
  private static List<Document> items(Path data, Optional<Document> field) {
    List<Document> items = read(data, field);
    if (items.isEmpty()) {
      throw new InputException("%s has no items, expected at least one.".formatted(data));
    }
    return items;
  }

  private static List<Document> read(Path data, Optional<Document> field) {
    if (field.isPresent()) {
      return Document.json(data).at(field.get().text()).items();
    }
    return Document.readText(data).stripLeading().startsWith("[")
        ? Document.json(data).items()
        : Document.jsonLines(data);
  }
}
