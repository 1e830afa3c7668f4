package jsearch.task;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * The splits of {@code data_files}, by the rules of Hugging Face's datasets.
 *
 * <p>A mapping names its splits, and so does a list of {@code {split, path}}. Files that are given
 * without a split are the split {@code train}, whatever they are called.
 */
final class Splits {
  private static final String UNNAMED = "train";
  private static final Set<String> NAMED = Set.of("split", "path");
  private static final Pattern WILD = Pattern.compile("[*?\\[]");

  private final Path task;
  private final Document named;
  private final boolean unnamed;
  private final Map<String, Document> splits;

  /**
   * Reads which splits there are.
   *
   * @param task the task file, beside which files are looked for too
   * @param named the value of {@code data_files}
   */
  Splits(Path task, Document named) {
    this.task = task;
    this.named = named;
    List<Document> items = named.isList() ? named.items() : List.of();
    if (named.isMap()) {
      splits = named.entries();
    } else if (items.stream().anyMatch(Document::isMap)) {
      splits = listed(items);
    } else {
      splits = Map.of(UNNAMED, named);
    }
    unnamed = splits.containsValue(named);
    if (splits.isEmpty()) {
      throw named.expected("at least one split");
    }
  }

  private static Map<String, Document> listed(List<Document> items) {
    Map<String, Document> splits = new LinkedHashMap<>();
    for (Document item : items) {
      Document name = item.allow(NAMED).at("split");
      if (splits.put(name.text(), item.at("path")) != null) {
        throw name.expected("each split once");
      }
    }
    return splits;
  }

  /**
   * The files of the split of this name.
   *
   * @throws InputException when there is none, naming those that there are
   */
  List<Path> files(Document name) {
    Document files = splits.get(name.text());
    if (files == null) {
      throw unnamed
          ? new InputException(
              """
              %s is "%s", expected "%s": %s names no splits, and its files are that one.
              Maybe name the split there: data_files: {%s: %s}."""
                  .formatted(
                      name.place(),
                      name.text(),
                      UNNAMED,
                      named.place(),
                      name.text(),
                      named.isText() ? named.text() : "[...]"))
          : name.expected("one of data_files: %s".formatted(splits.keySet()));
    }
    return paths(files);
  }

  /**
   * The files of the only split.
   *
   * @throws InputException when there are several
   */
  List<Path> only() {
    if (splits.size() > 1) {
      throw named.expected("one split, or a test_split that names one of them");
    }
    return paths(splits.values().iterator().next());
  }

  private List<Path> paths(Document files) {
    List<Document> all = files.isText() ? List.of(files) : files.items();
    if (all.isEmpty()) {
      throw files.expected("at least one file");
    }
    return all.stream().flatMap(this::found).toList();
  }

  /** The file of this name, or all that match it where it has wildcards, sorted by name. */
  private Stream<Path> found(Document name) {
    Path file = Path.of(name.text());
    if (!WILD.matcher(name.text()).find() || Files.exists(place(name, file))) {
      return Stream.of(place(name, file));
    }
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    if (WILD.matcher(folder.toString()).find()) {
      throw name.expected("wildcards in the file's name alone, not in its directory");
    }
    List<Path> matching = matching(place(name, folder), file.getFileName().toString());
    if (matching.isEmpty()) {
      throw name.expected("a pattern that matches at least one file");
    }
    return matching.stream();
  }

  private static List<Path> matching(Path folder, String pattern) {
    List<Path> files = new ArrayList<>();
    // Braces are letters here, as they are to datasets.
    String glob = pattern.replaceAll("[{}\\\\]", "\\\\$0");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      for (Path path : found) {
        if (Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".")) {
          files.add(path);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new InputException("%s cannot be read: %s".formatted(folder, e), e);
    }
    return files.stream().sorted().toList();
  }

  /** Beside the file that names it, else beside the task, else in the working directory. */
  private Path place(Document name, Path file) {
    Path beside = Path.of(name.source()).resolveSibling(file);
    Path besideTask = task.resolveSibling(file);
    if (Files.exists(beside)) {
      return beside;
    }
    return !Files.exists(besideTask) && Files.exists(file) ? file : besideTask;
  }
}
