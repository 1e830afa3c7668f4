package jsearch.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Nearest;

/**
 * The keys of a task or group file, with those of the files that it includes.
 *
 * <p>Later includes win over earlier ones, the file itself over all. Each value knows the file that
 * it stands in. A Python function ({@code !function}) is kept as a text that {@link
 * #isFunction(Document)} knows, since a later file may replace it.
 *
 * @param file the file that was asked for
 * @param files it and all that it includes
 */
record TaskFile(Path file, List<Path> files, Map<String, Document> keys) {
  private static final String MARK = "!function ";
  private static final Pattern FUNCTION =
      Pattern.compile("(?m)^([ \\t]*(?:- +)?[\"']?\\w+[\"']?:[ \\t]*)!function[ \\t]+(\\S+)");

  TaskFile {
    files = List.copyOf(files);
  }

  /** Reads a file and what it includes. */
  static TaskFile read(Path file) {
    List<Path> files = new ArrayList<>();
    Map<String, Document> keys = merged(file, List.of(), files);
    return new TaskFile(file, files, keys);
  }

  /** The keys of one file alone, whatever it includes. */
  static Document own(Path file) {
    String text = Document.readText(file);
    return Document.yaml(file.toString(), FUNCTION.matcher(text).replaceAll("$1\"!function $2\""));
  }

  private static Map<String, Document> merged(Path file, List<Path> open, List<Path> files) {
    Path normal = file.toAbsolutePath().normalize();
    if (open.contains(normal)) {
      throw new InputException(
          "%s includes itself by way of %s, expected includes that end."
              .formatted(file, open.get(open.size() - 1)));
    }
    files.add(file);
    List<Path> opened = new ArrayList<>(open);
    opened.add(normal);
    Map<String, Document> own = new LinkedHashMap<>(own(file).entries());
    Document includes = own.remove("include");
    Map<String, Document> all = new LinkedHashMap<>();
    if (includes != null) {
      for (Document include : includes.isText() ? List.of(includes) : includes.items()) {
        all.putAll(merged(file.resolveSibling(include.text()), opened, files));
      }
    }
    all.putAll(own);
    return all;
  }

  /** The same file with some keys replaced. */
  TaskFile with(Map<String, Document> others) {
    Map<String, Document> all = new LinkedHashMap<>(keys);
    all.putAll(others);
    return new TaskFile(file, files, all);
  }

  /** The value of a key, empty when it is absent or null. */
  Optional<Document> find(String key) {
    return Optional.ofNullable(keys.get(key)).filter(value -> value.value() != null);
  }

  /** The value of a key that must be there. */
  Document at(String key) {
    return find(key)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: %s is missing; found %s.".formatted(file, key, keys.keySet())));
  }

  /** Refuses keys other than these, by name; null values say nothing. */
  void allow(Set<String> known) {
    for (Map.Entry<String, Document> key : keys.entrySet()) {
      if (!known.contains(key.getKey()) && key.getValue().value() != null) {
        throw new InputException(
            "%s is not supported here, expected one of %s.%s"
                .formatted(
                    key.getValue().place(),
                    new TreeSet<>(known),
                    Nearest.hint(key.getKey(), known)));
      }
    }
  }

  /** Whether the value is a Python function. */
  static boolean isFunction(Document value) {
    return value.isText() && value.text().startsWith(MARK);
  }

  /** The function's name in Python. */
  static String function(Document value) {
    return value.text().substring(MARK.length());
  }
}
