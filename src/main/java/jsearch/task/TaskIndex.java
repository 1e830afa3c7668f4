package jsearch.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Nearest;

/**
 * The tasks, groups and tags that the YAML files of a directory name.
 *
 * @param directory where group files look names up
 * @param named files by the name of their task or group
 * @param twins a second file by the name that it shares with the first
 * @param tagged names of tasks by their tag, sorted
 */
record TaskIndex(
    Path directory,
    Map<String, Path> named,
    Map<String, Path> twins,
    Map<String, TreeSet<String>> tagged) {
  private static final int DEEPEST = 4;

  /** Reads the names of all {@code *.yaml} files in this file's directory and below. */
  static TaskIndex beside(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    TaskIndex index = new TaskIndex(directory, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
      files
          .filter(path -> path.toString().endsWith(".yaml") && Files.isRegularFile(path))
          .sorted()
          .forEach(index::add);
    } catch (IOException e) {
      throw InputException.unreadable(directory, e);
    } catch (UncheckedIOException e) { // of a directory below
      throw InputException.unreadable(directory, e.getCause());
    }
    return index;
  }

  private void add(Path file) {
    Document own;
    try {
      own = TaskFile.own(file);
    } catch (InputException e) {
      return; // Told when it is asked for by its file; others need not suffer.
    }
    if (!own.isMap()) {
      return;
    }
    Optional<Document> task = own.find("task").filter(Document::isText);
    Optional<Document> name = task.or(() -> own.find("group").filter(Document::isText));
    name.map(Document::text)
        .filter(text -> named.putIfAbsent(text, file) != null)
        .ifPresent(text -> twins.putIfAbsent(text, file));
    for (Document tag : tags(own)) {
      task.ifPresent(
          found -> tagged.computeIfAbsent(tag.text(), any -> new TreeSet<>()).add(found.text()));
    }
  }

  private static List<Document> tags(Document own) {
    List<Document> tags =
        own.find("tag").map(tag -> tag.isList() ? tag.items() : List.of(tag)).orElse(List.of());
    return tags.stream().filter(Document::isText).toList();
  }

  /** Whether a file has this name, or this tag. */
  boolean has(String name) {
    return named.containsKey(name) || tagged.containsKey(name);
  }

  /** The one file of a name; which of two is meant nobody can know. */
  private TaskFile file(Document asked, String name) {
    if (twins.containsKey(name)) {
      throw new InputException(
          "%s asks for %s, which is in %s and in %s, expected one file of that name."
              .formatted(asked.place(), name, named.get(name), twins.get(name)));
    }
    return TaskFile.read(named.get(name));
  }

  /** The files of a task's, group's or tag's name, or of a path beside the group. */
  List<TaskFile> files(Document name) {
    String text = name.text();
    if (named.containsKey(text)) {
      return List.of(file(name, text));
    }
    if (tagged.containsKey(text)) {
      List<TaskFile> files = new ArrayList<>();
      tagged.get(text).forEach(task -> files.add(file(name, task)));
      return files;
    }
    if (text.endsWith(".yaml")) {
      return List.of(TaskFile.read(Path.of(name.source()).resolveSibling(text)));
    }
    InputException fault =
        name.expected("a task, group or tag of the YAML files in %s".formatted(directory));
    List<String> known = Stream.of(named, tagged).flatMap(map -> map.keySet().stream()).toList();
    throw new InputException(fault.getMessage() + Nearest.hint(text, known));
  }
}
