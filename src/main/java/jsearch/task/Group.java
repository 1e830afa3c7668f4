package jsearch.task;

import java.nio.file.Path;
import java.util.List;

/**
 * Tasks, and groups of them, that are reported together.
 *
 * @param files every file that decides what is asked: those of its members too
 * @param members in the file's order, at least one
 * @param aggregates what is reported over all tasks; may be empty
 */
public record Group(
    String name,
    String alias,
    Path file,
    List<Path> files,
    List<Entry> members,
    List<Aggregate> aggregates)
    implements Entry {
  public Group {
    files = List.copyOf(files);
    members = List.copyOf(members);
    aggregates = List.copyOf(aggregates);
  }

  /**
   * Whether its tasks count by their items, instead of all alike, where this metric is asked for.
   *
   * <p>As lm-evaluation-harness has it: by their items unless the group says otherwise.
   *
   * @param metric its name, without a filter
   */
  public boolean isBySize(String metric) {
    return aggregates.stream()
        .filter(aggregate -> aggregate.metric().equals(metric))
        .findFirst()
        .map(Aggregate::bySize)
        .orElse(true);
  }
}
