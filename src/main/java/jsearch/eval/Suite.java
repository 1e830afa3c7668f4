package jsearch.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jsearch.document.InputException;
import jsearch.task.Item;

/** Weighted tasks, each with its items split once into search and confirm. */
public final class Suite {
  private final List<Path> files;
  private final String name;
  private final long splitSeed;
  private final Objective objective;
  private final boolean chat;
  private final List<SuiteTask> tasks;

  /** Tasks whose weighted mean counts. */
  Suite(Path file, String name, long splitSeed, List<SuiteTask> tasks) {
    this(List.of(file), name, splitSeed, Objective.MEAN, false, tasks);
  }

  Suite(
      List<Path> files,
      String name,
      long splitSeed,
      Objective objective,
      boolean chat,
      List<SuiteTask> tasks) {
    this.files = List.copyOf(files);
    this.name = name;
    this.splitSeed = splitSeed;
    this.objective = objective;
    this.chat = chat;
    this.tasks = List.copyOf(tasks);
  }

  /**
   * Reads a suite file and the tasks that it names, and renders all their items.
   *
   * <p>A task or group file is a suite of itself: a third of its items search, at most 200, and of
   * the others at most 1,000 confirm.
   *
   * @throws InputException naming file, key, value found and value expected
   */
  public static Suite read(Path file) {
    return SuiteReader.read(file);
  }

  /** The suite's own name. */
  public String name() {
    return name;
  }

  /** The seed that decided which items are in which split. */
  public long splitSeed() {
    return splitSeed;
  }

  /** How the tasks' scores make one. */
  public Objective objective() {
    return objective;
  }

  /** The names of the two axes; empty where there is one objective. */
  public List<String> axes() {
    return objective == Objective.PARETO
        ? tasks.stream().map(task -> task.axis().orElseThrow()).distinct().toList()
        : List.of();
  }

  /** Whether prompts are wrapped by the model's chat template. */
  public boolean chat() {
    return chat;
  }

  /** Every file that decides what is asked: the suite, then those of each task and group. */
  public List<Path> files() {
    return files;
  }

  /** Number of items in this split. */
  public int size(Split split) {
    return tasks.stream().mapToInt(task -> task.items(split).size()).sum();
  }

  /** The text of each item in this split: the prompt with its right answer. */
  public List<String> texts(Split split) {
    return tasks.stream().flatMap(task -> task.items(split).stream()).map(Item::text).toList();
  }

  /**
   * The suite in blocks: each has its share of every task's search items, and none to confirm.
   *
   * <p>Laid one after the other they are the search items in their order.
   *
   * @param number at most the number of search clusters of any task
   */
  public List<Suite> blocks(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            block ->
                new Suite(
                    files,
                    name,
                    splitSeed,
                    objective,
                    chat,
                    tasks.stream().map(task -> task.block(block, number)).toList()))
        .toList();
  }

  List<SuiteTask> tasks() {
    return tasks;
  }
}
