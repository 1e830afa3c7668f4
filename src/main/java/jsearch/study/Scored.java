package jsearch.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a trial leaves when it ends with a score.
 *
 * @param outcome how it did; of a pruned trial on the items so far
 * @param items the score of each item by task, finite, as many as the outcome says
 * @param attributes what else to note: strings, finite numbers, truth values, lists or maps of
 *     these
 * @param onTheWay scores on the way, by number of items; Optuna's intermediate values
 */
public record Scored(
    Outcome outcome,
    Map<String, List<Double>> items,
    Map<String, Object> attributes,
    SortedMap<Integer, Double> onTheWay) {
  public Scored {
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    items.forEach((task, scores) -> copy.put(task, List.copyOf(scores)));
    items = Collections.unmodifiableMap(copy);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    onTheWay = Collections.unmodifiableSortedMap(new TreeMap<>(onTheWay));
    attributes.forEach(Scored::requireNotable);
    if (items.values().stream().mapToInt(List::size).sum() != outcome.items()
        || !items.values().stream().flatMap(List::stream).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("%s is of other items than %s".formatted(outcome, items));
    }
  }

  /** Only what the journal can be read back from. */
  private static void requireNotable(String name, Object value) {
    boolean broken =
        (value instanceof Double || value instanceof Float)
            && !Double.isFinite(((Number) value).doubleValue());
    if (Events.reserved(name) || value == null || broken) {
      throw new IllegalArgumentException("cannot note %s = %s".formatted(name, value));
    }
  }
}
