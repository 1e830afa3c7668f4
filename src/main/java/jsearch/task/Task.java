package jsearch.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jsearch.document.InputException;

/**
 * A task file, read and rendered: its items and how they are scored.
 *
 * @param name the task's own name
 * @param file where it was read
 * @param data the file that its items came from
 * @param items all items of the data, in the file's order
 * @param metrics at least one; the first counts unless the suite says otherwise
 * @param generation how the model writes its answers; empty for multiple choice
 */
public record Task(
    String name,
    Path file,
    Path data,
    List<Item> items,
    List<Metric> metrics,
    Optional<Generation> generation) {
  public Task {
    items = List.copyOf(items);
    metrics = List.copyOf(metrics);
    for (Metric metric : metrics) {
      items.forEach(metric::require);
    }
  }

  /**
   * Reads a task file and renders all its items.
   *
   * @throws InputException naming file, key, value found and value expected
   */
  public static Task read(Path file) {
    return TaskReader.read(file);
  }
}
