package jsearch.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.task.Entry;
import jsearch.task.Group;
import jsearch.task.Task;
import jsearch.task.TaskOptions;

/**
 * An entry of a suite's tasks: a task, or a group whose tasks share its weight and its items.
 *
 * <p>What the entry says of metric, scale, clusters and strata goes for each task, unless {@code
 * members} says otherwise by the task's name.
 */
final class SuiteEntry {
  /** Where nobody says: studies of a task alone rely on these. */
  private static final int MOST_TO_SEARCH = 200;

  private static final int MOST_TO_CONFIRM = 1000;

  private final Document keys;
  private final EntrySettings settings;
  private final Entry entry;
  private final List<Task> members;
  private final int[] search;
  private final int[] confirm;

  /** Reads the files that the entry names. */
  SuiteEntry(Path suite, Document keys) {
    this(
        new EntrySettings(keys),
        Entry.read(suite.resolveSibling(keys.at("task").text()), TaskOptions.NONE));
  }

  private SuiteEntry(EntrySettings settings, Entry entry) {
    this.keys = settings.entry();
    this.settings = settings;
    this.entry = entry;
    int searched = keys.at("search").integer(Shares.LEAST, Integer.MAX_VALUE);
    int confirmed = keys.at("confirm").integer(Shares.LEAST, Integer.MAX_VALUE);
    members = entry.tasks();
    settings.requireMembers(members);
    requireItems(searched, confirmed);
    List<Integer> sizes = members.stream().map(task -> task.items().size()).toList();
    search = Shares.of(searched, sizes, sizes.stream().map(size -> size - Shares.LEAST).toList());
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < search.length; i++) {
      left.add(sizes.get(i) - search[i]);
    }
    confirm = Shares.of(confirmed, sizes, left);
  }

  /** An entry that says nothing of the task or group but how many items search and confirm. */
  static SuiteEntry alone(Entry entry) {
    int items = entry.tasks().stream().mapToInt(task -> task.items().size()).sum();
    int least = Shares.LEAST * entry.tasks().size();
    int search = Math.max(least, Math.min(MOST_TO_SEARCH, items / 3));
    int confirm = Math.max(least, Math.min(MOST_TO_CONFIRM, items - search));
    String counts = "{search: %d, confirm: %d}".formatted(search, confirm);
    Document keys = Document.yaml(entry.file().toString(), counts);
    return new SuiteEntry(new EntrySettings(keys), entry);
  }

  /** Every file that decides what is asked. */
  List<Path> files() {
    return entry.files();
  }

  /** Its tasks, with their items drawn. */
  List<SuiteTask> tasks(long seed) {
    List<SuiteTask> tasks = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      tasks.add(task(i, seed));
    }
    return tasks;
  }

  private SuiteTask task(int member, long seed) {
    Task task = members.get(member);
    Sampling sampling = settings.sampling(task);
    Sampling.Draw draw = draw(sampling, task, search[member], confirm[member], seed);
    return new SuiteTask(
        task,
        settings.weight() * share(task),
        settings.metric(task),
        settings.scale(task),
        sampling.cluster(),
        settings.axis(),
        draw.search(),
        draw.confirm());
  }

  private Sampling.Draw draw(Sampling sampling, Task task, int search, int confirm, long seed) {
    // The name takes part, so that a task's split does not depend on the other tasks.
    Random random = new Random(31 * seed + task.name().hashCode());
    try {
      return sampling.draw(task.items(), search, confirm, random);
    } catch (NoSuchElementException e) {
      throw new InputException(
          """
          %s asks for %d search and %d confirm items, but clusters of task %s (%s) are not shared \
          out between them, and too few are left.
          Maybe ask for fewer items."""
              .formatted(keys.place(), search, confirm, task.name(), task.file()),
          e);
    }
  }

  /** What a member counts of the entry's weight, as its group weighs the metric. */
  private double share(Task task) {
    String counted = settings.metric(members.get(0)).name();
    if (entry instanceof Group group && !group.isBySize(counted.split(",", 2)[0])) {
      return 1.0 / members.size();
    }
    double all = members.stream().mapToInt(member -> member.items().size()).sum();
    return task.items().size() / all;
  }

  private void requireItems(int search, int confirm) {
    String kind = entry instanceof Group ? "group" : "task";
    int items = members.stream().mapToInt(task -> task.items().size()).sum();
    for (Task task : members) {
      if (task.items().size() < 2 * Shares.LEAST) {
        throw new InputException(
            "Task %s (%s) has %d items, expected at least 4: two to search and two to confirm."
                .formatted(task.name(), task.file(), task.items().size()));
      }
    }
    if ((long) search + confirm > items) {
      throw new InputException(
          "%s asks for %d search and %d confirm items, but %s %s (%s) has %d."
              .formatted(keys.place(), search, confirm, kind, entry.name(), entry.file(), items));
    }
    int least = Shares.LEAST * members.size();
    if (Math.min(search, confirm) < least) {
      throw new InputException(
          """
          %s asks for %d search and %d confirm items, but group %s (%s) has %d tasks, expected at \
          least %d of each: two a task."""
              .formatted(
                  keys.place(),
                  search,
                  confirm,
                  entry.name(),
                  entry.file(),
                  members.size(),
                  least));
    }
  }
}
