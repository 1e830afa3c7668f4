package jsearch.task;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final Document named;
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
    named = options.at("data_files");
  }

  /** The split that is evaluated: the test split, else the validation split, else the only one. */
  List<Path> evaluated() {
    Optional<Document> split = task.find("test_split").or(() -> task.find("validation_split"));
    if (split.isPresent()) {
      return split(split.get());
    }
    if (named.isMap() && named.entries().size() > 1) {
      throw named.expected("one file, or a test_split that names one of them");
    }
    return paths(named.isMap() ? named.entries().values().iterator().next() : named);
  }

  /** The files of the split that this value names; one file is every split. */
  List<Path> split(Document name) {
    if (!named.isMap()) {
      return paths(named);
    }
    Map<String, Document> splits = new LinkedHashMap<>(named.entries());
    if (!splits.containsKey(name.text())) {
      throw name.expected("one of data_files: %s".formatted(splits.keySet()));
    }
    return paths(splits.get(name.text()));
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

  private List<Path> paths(Document files) {
    List<Document> all = files.isText() ? List.of(files) : files.items();
    if (all.isEmpty()) {
      throw files.expected("at least one file");
    }
    return all.stream().map(this::path).toList();
  }

  /** Beside the file that names it, else beside the task, else in the working directory. */
  private Path path(Document name) {
    Path beside = Path.of(name.source()).resolveSibling(name.text());
    Path besideTask = task.file().resolveSibling(name.text());
    Path here = Path.of(name.text());
    if (Files.exists(beside)) {
      return beside;
    }
    return !Files.exists(besideTask) && Files.exists(here) ? here : besideTask;
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
