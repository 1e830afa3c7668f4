package jsearch.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jsearch.document.InputException;

/**
 * A task file, read and rendered: its items and how they are scored.
 *
 * @param name the task's own name
 * @param alias the name that tables show
 * @param file where it was read
 * @param data the (first) file that its items came from
 * @param files every file that decides what is asked: with includes, data and examples
 * @param type what the model is asked to do
 * @param items all items of the data, in the file's order
 * @param metrics at least one; the first counts unless the suite says otherwise
 * @param generation how the model writes its answers; empty where it is not asked to write
 * @param shots solved examples before each question
 * @param chatDelimiter what stands between prompt and answer after a chat template
 */
public record Task(
    String name,
    String alias,
    Path file,
    Path data,
    List<Path> files,
    OutputType type,
    List<Item> items,
    List<Metric> metrics,
    Optional<Generation> generation,
    int shots,
    String chatDelimiter)
    implements Entry {
  public Task {
    files = List.copyOf(files);
    items = List.copyOf(items);
    List<Item> asked = items;
    metrics = metrics.stream().map(metric -> metric.on(asked)).toList();
  }

  /** A task of one file and its data, without examples. */
  public Task(
      String name,
      Path file,
      Path data,
      List<Item> items,
      List<Metric> metrics,
      Optional<Generation> generation) {
    this(
        name,
        name,
        file,
        data,
        List.of(file, data),
        generation.isPresent() ? OutputType.GENERATE_UNTIL : OutputType.MULTIPLE_CHOICE,
        items,
        metrics,
        generation,
        0,
        "");
  }

  /**
   * Reads a task file and renders all its items.
   *
   * @throws InputException naming file, key, value found and value expected
   */
  public static Task read(Path file) {
    return read(file, TaskOptions.NONE);
  }

  /**
   * Reads a task file and renders its items.
   *
   * @throws InputException naming file, key, value found and value expected
   */
  public static Task read(Path file, TaskOptions options) {
    return new TaskReader(options).read(TaskFile.read(file));
  }
}
