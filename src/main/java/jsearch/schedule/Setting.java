package jsearch.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import jsearch.checkpoint.TensorName;
import jsearch.document.Document;

/**
 * A parameter in mergekit's dialect: a number, a list of numbers, or one of both a filter.
 *
 * @param rules the rules, tried in order; none where a recipe does not give the parameter
 */
public record Setting(List<Rule> rules) {
  /** What a recipe does not give. */
  static final Setting NONE = new Setting(List.of());

  private static final String EXPECTED = "a number, a list of numbers or a list of {filter, value}";

  /**
   * One rule: tensors whose name contains {@code filter} take their value along these anchors.
   *
   * @param filter a case-sensitive part of the tensor's name, or {@link Schedule#ANY}
   * @param anchors values at evenly spaced positions from the first layer to the last
   * @param source where the filter, or without one the value, was read
   */
  public record Rule(String filter, List<Double> anchors, Document source) {
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
    double at(Position position) {
      int gaps = anchors.size() - 1;
      if (position.layers() == 1) {
        return anchors.get(gaps); // mergekit puts a single layer at the end.
      }
      int last = position.layers() - 1;
      long scaled = (long) position.layer() * gaps;
      int left = (int) (scaled / last);
      double part = (double) (scaled % last) / last;
      double from = anchors.get(left);
      return part == 0 ? from : from + (anchors.get(left + 1) - from) * part;
    }

    private boolean fits(TensorName name) {
      return Schedule.fits(filter, name);
    }
  }

  public Setting {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a parameter's value.
   *
   * @param number reads one number and refuses those that are none
   * @throws jsearch.document.InputException when the value has none of the forms
   */
  static Setting read(Document value, ToDoubleFunction<Document> number) {
    if (value.isMap()) {
      return new Setting(List.of(rule(value, number)));
    }
    if (value.isList() && value.items().stream().anyMatch(Document::isMap)) {
      return new Setting(value.items().stream().map(item -> rule(item, number)).toList());
    }
    return new Setting(List.of(new Rule(Schedule.ANY, anchors(value, number), value)));
  }

  private static Rule rule(Document item, ToDoubleFunction<Document> number) {
    item.allow(Set.of("filter", "value"));
    Document source = item.find("filter").orElse(item.at("value"));
    return new Rule(
        item.find("filter").map(Document::text).orElse(Schedule.ANY),
        anchors(item.at("value"), number),
        source);
  }

  private static List<Double> anchors(Document value, ToDoubleFunction<Document> number) {
    if (value.isNumber() || value.isBool()) {
      return List.of(number.applyAsDouble(value));
    }
    if (!value.isList() || value.items().isEmpty()) {
      throw value.expected(EXPECTED);
    }
    return value.items().stream().map(number::applyAsDouble).toList();
  }

  /** This setting, and where no rule of it fits, the other. */
  Setting or(Setting other) {
    List<Rule> all = new ArrayList<>(rules);
    all.addAll(other.rules);
    return new Setting(all);
  }

  /** The value for a tensor; empty when no filter fits its name. */
  public OptionalDouble at(TensorName name, Position position) {
    return rules.stream()
        .filter(rule -> rule.fits(name))
        .mapToDouble(rule -> rule.at(position))
        .findFirst();
  }

  /**
   * Refuses filters that fit none of these names: a merge would ignore them.
   *
   * @throws jsearch.document.InputException naming the filter and its place
   */
  public void requireFilters(Collection<TensorName> names) {
    for (Rule rule : rules) {
      if (names.stream().noneMatch(rule::fits)) {
        throw rule.source()
            .expected("a part of a tensor's name; no tensor of the merge has it in its name");
      }
    }
  }
}
