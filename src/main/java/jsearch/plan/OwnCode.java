package jsearch.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Python files of a checkpoint whose config or tokenizer names code of its own ({@code auto_map}).
 *
 * <p>Without them the merge would not load; mergekit (0.1.4) does not copy them. All Python files
 * beside the config are taken, as those that it names import others.
 */
final class OwnCode {
  private final Map<String, Path> files = new TreeMap<>();

  /**
   * @param base the parent whose config the merge has; its files come before the other's
   * @param tokenizer the parent whose tokenizer the merge has
   */
  OwnCode(Checkpoint base, Checkpoint tokenizer) {
    Set<Path> directories = new LinkedHashSet<>();
    if (base.config().find("auto_map").isPresent()) {
      directories.add(base.directory());
    }
    Path config = tokenizer.directory().resolve("tokenizer_config.json");
    if (Files.exists(config) && Document.json(config).find("auto_map").isPresent()) {
      directories.add(tokenizer.directory());
    }
    for (Path directory : directories) {
      for (Path file : python(directory)) {
        files.putIfAbsent(file.getFileName().toString(), file);
      }
    }
  }

  private static List<Path> python(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".py")).toList();
    } catch (IOException e) {
      throw InputException.unreadable(directory, e);
    }
  }

  /** Their names, sorted. */
  Collection<String> names() {
    return files.keySet();
  }

  void write(Path directory) throws IOException {
    for (Path file : files.values()) {
      Files.copy(file, directory.resolve(file.getFileName()));
    }
  }
}
