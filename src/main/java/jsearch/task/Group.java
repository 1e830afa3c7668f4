package jsearch.task;

import java.nio.file.Path;
import java.util.List;

/**
 * Tasks, and groups of them, that are reported together.
 *
 * @param members in the file's order, at least one
 * @param aggregates what is reported over all tasks; may be empty
 */
public record Group(
    String name, String alias, Path file, List<Entry> members, List<Aggregate> aggregates)
    implements Entry {
  public Group {
    members = List.copyOf(members);
    aggregates = List.copyOf(aggregates);
  }
}
