package jsearch.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jsearch.document.Document;
import jsearch.document.InputException;

/** The local data of a task, by split: {@code dataset_path} and {@code dataset_kwargs}. */
final class DataFiles {
  private final TaskFile task;
  private final String format;
  private final Document options;
  private final Splits splits;
  private final Map<List<Path>, List<Document>> read = new HashMap<>();

  DataFiles(TaskFile task) {
    Document path = task.at("dataset_path");
    this.task = task;
    this.format = path.text();
    if (!Set.of("json", "csv", "parquet").contains(format)) {
      throw new InputException(
          path.expected("json, csv or parquet (local files, named in dataset_kwargs: data_files)")
                  .getMessage()
              + "\nMaybe fetch the data set's files first; the Hub keeps most of them as Parquet.");
    }
    options =
        task.at("dataset_kwargs")
            .allow(
                switch (format) {
                  case "json" -> Set.of("data_files", "field", "trust_remote_code");
                  case "csv" -> Set.of("data_files", "sep", "delimiter", "trust_remote_code");
                  default -> Set.of("data_files", "trust_remote_code");
                });
    splits = new Splits(task.file(), options.at("data_files"));
  }

  /**
   * The split that is evaluated: the test split, else the validation split, else the only one.
   *
   * <p>A task that names a training split alone does not say what to evaluate.
   */
  List<Path> evaluated() {
    Optional<Document> split = task.find("test_split").or(() -> task.find("validation_split"));
    if (split.isPresent()) {
      return splits.files(split.get());
    }
    Optional<Document> training = task.find("training_split");
    if (training.isPresent()) {
      throw training.get().expected("a test_split or validation_split beside it");
    }
    return splits.only();
  }

  /** The files of the split that this value names. */
  List<Path> split(Document name) {
    return splits.files(name);
  }

  /** The rows of these files, one file after the other, at least one. */
  List<Document> docs(List<Path> files) {
    return read.computeIfAbsent(
        files,
        paths -> {
          List<Document> docs = new ArrayList<>();
          paths.forEach(path -> docs.addAll(rows(path)));
          if (docs.isEmpty()) {
            throw new InputException(
                "%s has no items, expected at least one.".formatted(paths.get(0)));
          }
          return List.copyOf(docs);
        });
  }

  /** Every file that has been read. */
  List<Path> files() {
    return read.keySet().stream().flatMap(List::stream).distinct().sorted().toList();
  }

  private List<Document> rows(Path file) {
    return switch (format) {
      case "csv" -> Document.csv(file, separator());
      case "parquet" -> Document.parquet(file);
      default -> json(file);
    };
  }

  private char separator() {
    Optional<Document> set = options.find("sep").or(() -> options.find("delimiter"));
    if (set.isPresent() && set.get().text().length() != 1) {
      throw set.get().expected("one character");
    }
    return set.map(text -> text.text().charAt(0)).orElse(',');
  }

  /** A JSON list, the list in this field of a JSON object, or JSON lines. */
  private List<Document> json(Path file) {
    Optional<Document> field = options.find("field");
    if (field.isPresent()) {
      return Document.json(file).at(field.get().text()).items();
    }
    return Document.readText(file).stripLeading().startsWith("[")
        ? Document.json(file).items()
        : Document.jsonLines(file);
  }
}
