package jsearch.task;

import java.util.List;
import java.util.Optional;

/**
 * A metric that a group reports over its tasks.
 *
 * @param metric its name, without a filter
 * @param filters the filters that it is taken after; empty for every one that a task has
 * @param bySize whether a task counts by its items, instead of all tasks alike
 */
public record Aggregate(String metric, Optional<List<String>> filters, boolean bySize) {
  public Aggregate {
    filters = filters.map(List::copyOf);
  }
}
