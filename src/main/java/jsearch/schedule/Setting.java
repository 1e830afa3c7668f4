package jsearch.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import jsearch.checkpoint.TensorName;
import jsearch.document.Document;
import jsearch.document.Nearest;

/**
 * A parameter in mergekit's dialect: a number, a list of numbers, or one of both a filter.
 *
 * @param rules the rules, tried in order; none where a recipe does not give the parameter
 */
public record Setting(List<Rule> rules) {
  /** What a recipe does not give. */
  static final Setting NONE = new Setting(List.of());

  private static final String EXPECTED = "a number, a list of numbers or a list of {filter, value}";

  /** A layer's number resembles every other. */
  private static final Predicate<String> WITH_DIGIT = Pattern.compile("\\d").asPredicate();

  /**
   * One rule: tensors whose name contains {@code filter} take their value along these anchors.
   *
   * @param filter a case-sensitive part of the tensor's name, or {@link Schedule#ANY}
   * @param anchors values at evenly spaced positions from the first layer to the last
   * @param stepped whether an anchor holds until the next, as truth values do; else linear between
   * @param source where the filter, or without one the value, was read
   */
  public record Rule(String filter, List<Double> anchors, boolean stepped, Document source) {
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
      if (stepped) { // in mergekit's own arithmetic, for a last digit may decide
        return anchors.get((int) ((double) position.layer() / last * gaps));
      }
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
   * Reads a number or what it depends on.
   *
   * @param number reads one number and refuses those that are none
   * @throws jsearch.document.InputException when the value has none of the forms
   */
  static Setting read(Document value, ToDoubleFunction<Document> number) {
    return read(value, number, false);
  }

  /** Reads a truth value or what it depends on: 1 and 0. */
  static Setting readFlag(Document value) {
    return read(value, Coercion::flag, true);
  }

  private static Setting read(Document value, ToDoubleFunction<Document> number, boolean stepped) {
    if (value.isMap()) {
      return new Setting(List.of(rule(value, number, stepped)));
    }
    if (value.isList() && value.items().isEmpty()) {
      return NONE; // as in mergekit
    }
    if (value.isList() && value.items().stream().anyMatch(Document::isMap)) {
      return new Setting(value.items().stream().map(item -> rule(item, number, stepped)).toList());
    }
    return new Setting(List.of(new Rule(Schedule.ANY, anchors(value, number), stepped, value)));
  }

  private static Rule rule(Document item, ToDoubleFunction<Document> number, boolean stepped) {
    Document source = item.find("filter").orElse(item.at("value"));
    return new Rule(
        item.find("filter").map(Document::text).orElse(Schedule.ANY),
        anchors(item.at("value"), number),
        stepped,
        source);
  }

  private static List<Double> anchors(Document value, ToDoubleFunction<Document> number) {
    if (value.isMap() || value.isList() && value.items().isEmpty()) {
      throw value.expected(EXPECTED);
    }
    return value.isList()
        ? value.items().stream().map(number::applyAsDouble).toList()
        : List.of(number.applyAsDouble(value));
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

  /** A sentence for each filter that fits none of these names: its rule has no effect. */
  public List<String> unmatched(Collection<TensorName> names) {
    return rules.stream()
        .filter(rule -> names.stream().noneMatch(rule::fits))
        .map(
            rule ->
                "%s is \"%s\", which no tensor's name contains: the rule has no effect.%s"
                    .formatted(rule.source().place(), rule.filter(), nearest(rule.filter(), names)))
        .toList();
  }

  private static String nearest(String filter, Collection<TensorName> names) {
    return WITH_DIGIT.test(filter) ? "" : Nearest.sentence(filter, partsOf(names));
  }

  /** What filters may name: one to three parts of a name, or the end of one. */
  private static Set<String> partsOf(Collection<TensorName> names) {
    Set<String> found = new TreeSet<>();
    for (TensorName name : names) {
      List<String> parts = List.of(name.text().split("\\."));
      for (int i = 0; i < parts.size(); i++) {
        for (int end = i + 1; end <= Math.min(i + 3, parts.size()); end++) {
          found.add(String.join(".", parts.subList(i, end)));
        }
        String part = parts.get(i);
        for (int at = part.indexOf('_'); at >= 0; at = part.indexOf('_', at + 1)) {
          found.add(part.substring(at + 1));
        }
      }
    }
    found.removeIf(WITH_DIGIT);
    return found;
  }
}
