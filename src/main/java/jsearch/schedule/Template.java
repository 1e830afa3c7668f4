package jsearch.schedule;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * A schedule for any number of layers, as mergekit's {@code t} says it.
 *
 * @param setting at least one rule; every value in [0, 1]
 */
public record Template(Setting setting) {
  public Template {
    if (setting.rules().isEmpty()) {
      throw new IllegalArgumentException("a template without rules");
    }
  }

  /**
   * Reads {@code t} of a mergekit recipe: a number, a list of numbers, or a list of rules.
   *
   * @throws InputException when it is something else, or a number is outside [0, 1]
   */
  public static Template read(Document t) {
    rules(t).forEach(rule -> rule.allow(Set.of("filter", "value")));
    Setting setting = Setting.read(t, Template::readT);
    if (setting.rules().isEmpty()) {
      throw t.expected("a number, a list of numbers or a list of {filter, value}");
    }
    return new Template(setting);
  }

  /** Those that are mappings; what else there is {@link Setting} tells. */
  private static List<Document> rules(Document t) {
    List<Document> values = t.isList() ? t.items() : List.of(t);
    return values.stream().filter(Document::isMap).toList();
  }

  private static double readT(Document value) {
    double t = value.number();
    if (!(t >= 0 && t <= 1)) {
      throw value.expected("a number from 0 (base) to 1 (donor); a search does not extrapolate");
    }
    return t;
  }

  /** Whether every tensor has the same t, whatever the number of layers. */
  public boolean global() {
    Setting.Rule first = setting.rules().get(0);
    return first.filter().equals(Schedule.ANY) && first.anchors().stream().distinct().count() == 1;
  }

  /**
   * The schedule for this many layers.
   *
   * <p>One difference to mergekit, in one-layer checkpoints only: there, mergekit gives tensors
   * outside layers a list's first value and the layer its last; here both take the last.
   */
  public Schedule schedule(int layers) {
    return new Schedule(
        layers, setting.rules().stream().map(rule -> schedule(rule, layers)).toList());
  }

  private static Schedule.Rule schedule(Setting.Rule rule, int layers) {
    List<Double> t =
        IntStream.range(0, layers).mapToObj(layer -> rule.at(new Position(layer, layers))).toList();
    return new Schedule.Rule(rule.filter(), t);
  }
}
