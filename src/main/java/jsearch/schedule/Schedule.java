package jsearch.schedule;

import java.util.Collections;
import java.util.List;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;

/**
 * The blend t of every tensor: rules tried in order, the first whose filter fits decides.
 *
 * @param layers number of layers
 * @param rules the rules, each with one t a layer
 */
public record Schedule(int layers, List<Rule> rules) {
  /** The filter that fits every tensor. */
  public static final String ANY = "*";

  /**
   * One rule: tensors whose name contains {@code filter} blend by {@code t.get(layer)}.
   *
   * @param filter a case-sensitive part of the tensor's name, or {@link #ANY}
   * @param t one value a layer, each in [0, 1]; tensors outside layers take the first (mergekit's
   *     rule)
   */
  public record Rule(String filter, List<Double> t) {
    public Rule {
      t = List.copyOf(t);
      for (double value : t) {
        if (!(value >= 0 && value <= 1)) {
          throw new IllegalArgumentException(
              "rule %s has t = %s, outside [0, 1]".formatted(filter, value));
        }
      }
    }

    private boolean fits(TensorName name) {
      return Schedule.fits(filter, name);
    }
  }

  public Schedule {
    if (layers < 1) {
      throw new IllegalArgumentException("a schedule for %d layers".formatted(layers));
    }
    rules = List.copyOf(rules);
    for (Rule rule : rules) {
      if (rule.t().size() != layers) {
        throw new IllegalArgumentException(
            "rule %s has %d values for %d layers"
                .formatted(rule.filter(), rule.t().size(), layers));
      }
    }
  }

  /** Whether a filter is {@link #ANY} or a case-sensitive part of the tensor's name. */
  static boolean fits(String filter, TensorName name) {
    return filter.equals(ANY) || name.text().contains(filter);
  }

  /** The same t for every tensor. */
  public static Schedule global(int layers, double t) {
    return new Schedule(layers, List.of(new Rule(ANY, Collections.nCopies(layers, t))));
  }

  /** The blend of this tensor: 0 base, 1 donor. */
  public double t(TensorName name) {
    int layer = name.layer().orElse(0);
    if (layer >= layers) {
      throw new InputException(
          "Tensor %s is in layer %d, expected a layer below %d."
              .formatted(name.text(), layer, layers));
    }
    return rules.stream()
        .filter(rule -> rule.fits(name))
        .findFirst()
        .map(rule -> rule.t().get(layer))
        .orElseThrow(
            () ->
                new InputException(
                    "No filter of the schedule fits tensor %s; expected a last rule \"*\"."
                        .formatted(name.text())));
  }
}
