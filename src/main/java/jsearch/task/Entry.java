package jsearch.task;

import java.nio.file.Path;
import java.util.List;
import jsearch.document.Document;
import jsearch.document.InputException;

/** What a file of lm-evaluation-harness's describes: a task, or a group of tasks and groups. */
public sealed interface Entry permits Task, Group {
  /** Its own name. */
  String name();

  /** The name that tables show. */
  String alias();

  /** The file that describes it. */
  Path file();

  /** Every file that decides what is asked, itself first. */
  List<Path> files();

  /** Its tasks, those of groups within it too. */
  default List<Task> tasks() {
    return this instanceof Group group
        ? group.members().stream().flatMap(member -> member.tasks().stream()).toList()
        : List.of((Task) this);
  }

  /** Whether the file describes a task or a group, and not a suite of either. */
  static boolean isEntry(Path file) {
    Document own = TaskFile.own(file);
    return own.find("suite").isEmpty() && own.find("tasks").isEmpty();
  }

  /**
   * Reads a task file, or a group file with all its tasks, and renders their items.
   *
   * @throws InputException naming file, key, value found and value expected
   */
  static Entry read(Path file, TaskOptions options) {
    TaskFile read = TaskFile.read(file);
    return GroupReader.isGroup(read)
        ? new GroupReader(read, options).read()
        : new TaskReader(options).read(read);
  }
}
