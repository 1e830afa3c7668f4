package jsearch.schedule;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * A schedule for any number of layers, as mergekit's {@code t} says it.
 *
 * @param rules the rules, tried in order
 */
public record Template(List<Rule> rules) {
  private static final String EXPECTED = "a number, a list of numbers or a list of {filter, value}";

  /**
   * One rule: tensors whose name contains {@code filter} blend along these anchors.
   *
   * @param anchors t at evenly spaced depths from the first layer to the last, each in [0, 1]
   */
  public record Rule(String filter, List<Double> anchors) {
    public Rule {
      anchors = List.copyOf(anchors);
      if (anchors.isEmpty()) {
        throw new IllegalArgumentException("rule %s has no anchors".formatted(filter));
      }
    }

    /**
     * Linear between anchors, as mergekit; positions are whole-numbered, so that a list of one
     * value a layer comes back bit for bit.
     */
    double t(int layer, int layers) {
      int gaps = anchors.size() - 1;
      if (layers == 1) {
        return anchors.get(gaps); // mergekit puts a single layer at depth 1.
      }
      long scaled = (long) layer * gaps;
      int left = (int) (scaled / (layers - 1));
      double part = (double) (scaled % (layers - 1)) / (layers - 1);
      double from = anchors.get(left);
      return part == 0 ? from : from + (anchors.get(left + 1) - from) * part;
    }
  }

  public Template {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a template without rules");
    }
  }

  /**
   * Reads {@code t} of a mergekit recipe: a number, a list of numbers, or a list of rules.
   *
   * @throws InputException when it is something else, or a number is outside [0, 1]
   */
  public static Template read(Document t) {
    boolean ruled = t.isList() && t.items().stream().anyMatch(Document::isMap);
    return new Template(
        ruled
            ? t.items().stream().map(Template::readRule).toList()
            : List.of(new Rule(Schedule.ANY, readAnchors(t))));
  }

  private static Rule readRule(Document item) {
    item.allow(Set.of("filter", "value"));
    return new Rule(
        item.find("filter").map(Document::text).orElse(Schedule.ANY),
        readAnchors(item.at("value")));
  }

  private static List<Double> readAnchors(Document value) {
    if (value.isNumber()) {
      return List.of(readT(value));
    }
    if (!value.isList() || value.items().isEmpty()) {
      throw value.expected(EXPECTED);
    }
    return value.items().stream().map(Template::readT).toList();
  }

  private static double readT(Document value) {
    double t = value.number();
    if (!(t >= 0 && t <= 1)) {
      throw value.expected(
          "a number from 0 (base) to 1 (donor); beyond them mergekit extrapolates, jsearch does not");
    }
    return t;
  }

  /** Whether every tensor has the same t, whatever the number of layers. */
  public boolean global() {
    return rules.get(0).filter().equals(Schedule.ANY)
        && rules.get(0).anchors().stream().distinct().count() == 1;
  }

  /**
   * The schedule for this many layers.
   *
   * <p>One difference to mergekit, in one-layer checkpoints only: there, mergekit gives tensors
   * outside layers a list's first value and the layer its last; here both take the last.
   */
  public Schedule schedule(int layers) {
    return new Schedule(
        layers,
        rules.stream()
            .map(
                rule ->
                    new Schedule.Rule(
                        rule.filter(),
                        IntStream.range(0, layers).mapToObj(i -> rule.t(i, layers)).toList()))
            .toList());
  }
}
