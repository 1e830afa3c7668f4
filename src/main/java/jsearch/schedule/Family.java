package jsearch.schedule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * A shape of schedules: a few scalars to turn and, per filter, t as an expression of them.
 *
 * <p>A family is data, a file of {@code search-spaces/}. Expressions may also use {@code depth} =
 * layer/(layers-1); the layer of a one-layer checkpoint has depth 1, as in mergekit. What an
 * expression gives is clamped to [0, 1], so that every point is a schedule. Immutable and safe to
 * share among threads.
 */
public final class Family {
  private static final String DEPTH = "depth";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private record Rule(String filter, Formula formula) {}

  private final String name;
  private final List<Scalar> scalars;
  private final List<Rule> rules;

  private Family(String name, List<Scalar> scalars, List<Rule> rules) {
    this.name = name;
    this.scalars = List.copyOf(scalars);
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a family from a YAML file.
   *
   * @throws InputException when the file is not a family; names the key, its value and what was
   *     expected
   */
  public static Family load(Path file) {
    return read(Document.yaml(file));
  }

  static Family read(Document document) {
    document.allow(Set.of("family", "scalars", "t"));
    List<Scalar> scalars = readScalars(document.at("scalars"));
    Set<String> variables = new TreeSet<>(Set.of(DEPTH));
    scalars.forEach(scalar -> variables.add(scalar.name()));
    Family family =
        new Family(document.at("family").text(), scalars, readRules(document.at("t"), variables));
    family.schedule(family.centre(), 3); // An expression that never works is told at once.
    return family;
  }

  private static List<Scalar> readScalars(Document document) {
    List<Scalar> scalars = new ArrayList<>();
    document.entries().forEach((name, value) -> scalars.add(readScalar(name, value)));
    if (scalars.isEmpty()) {
      throw document.expected("at least one scalar");
    }
    return scalars;
  }

  private static Scalar readScalar(String name, Document document) {
    if (!NAME.matcher(name).matches() || name.equals(DEPTH) || Formula.CONSTANTS.contains(name)) {
      throw document.expected(
          "a scalar with a name of a-z, 0-9 and _ other than depth and pi; found \"%s\""
              .formatted(name));
    }
    document.allow(Set.of("range", "centre"));
    Document range = document.at("range");
    List<Document> ends = range.items();
    if (ends.size() != 2 || !(ends.get(0).number() < ends.get(1).number())) {
      throw range.expected("[low, high] with low < high");
    }
    double low = ends.get(0).number();
    double high = ends.get(1).number();
    Document centre = document.at("centre");
    if (centre.number() < low || centre.number() > high) {
      throw centre.expected("a number from %s to %s".formatted(low, high));
    }
    return new Scalar(name, low, high, centre.number());
  }

  private static List<Rule> readRules(Document document, Set<String> variables) {
    List<Document> items = document.items();
    List<Rule> rules = new ArrayList<>();
    for (Document item : items) {
      item.allow(Set.of("filter", "value"));
      Document filter = item.at("filter");
      boolean last = rules.size() == items.size() - 1;
      if (filter.text().equals(Schedule.ANY) != last) {
        throw filter.expected(
            last ? "\"*\" in the last rule" : "a part of a tensor's name; \"*\" comes last");
      }
      rules.add(new Rule(filter.text(), Formula.parse(item.at("value"), variables)));
    }
    if (rules.isEmpty()) {
      throw document.expected("a list of {filter, value} that ends with filter \"*\"");
    }
    return rules;
  }

  /** The family's name. */
  public String name() {
    return name;
  }

  /** The scalars, in the file's order: the coordinates of a point. */
  public List<Scalar> scalars() {
    return scalars;
  }

  /** The point of the unit cube where every scalar is at its centre. */
  public List<Double> centre() {
    return scalars.stream().map(Scalar::unitCentre).toList();
  }

  /**
   * The scalars' values in natural units, in the order of {@link #scalars()}.
   *
   * @param point one coordinate a scalar, each in [0, 1]; 0 and 1 give the range's ends exactly
   */
  public List<Double> values(List<Double> point) {
    if (point.size() != scalars.size()) {
      throw new IllegalArgumentException(
          "a point of %d coordinates for the %d scalars of %s"
              .formatted(point.size(), scalars.size(), name));
    }
    for (double unit : point) {
      if (!(unit >= 0 && unit <= 1)) {
        throw new IllegalArgumentException("point %s is outside the unit cube".formatted(point));
      }
    }
    return IntStream.range(0, point.size())
        .mapToObj(i -> scalars.get(i).value(point.get(i)))
        .toList();
  }

  /**
   * The schedule at a point of the unit cube.
   *
   * @param point one coordinate a scalar, each in [0, 1]
   * @param layers number of layers, at least 1
   * @throws InputException when an expression gives no finite number there
   */
  public Schedule schedule(List<Double> point, int layers) {
    Map<String, BigDecimal> variables = new LinkedHashMap<>();
    List<Double> values = values(point);
    for (int i = 0; i < values.size(); i++) {
      variables.put(scalars.get(i).name(), new BigDecimal(values.get(i)));
    }
    return new Schedule(layers, rules.stream().map(rule -> rule(rule, variables, layers)).toList());
  }

  private static Schedule.Rule rule(Rule rule, Map<String, BigDecimal> variables, int layers) {
    List<Double> t = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      variables.put(DEPTH, depth(layer, layers));
      t.add(Math.max(0, Math.min(1, rule.formula().at(variables))));
    }
    return new Schedule.Rule(rule.filter(), t);
  }

  private static BigDecimal depth(int layer, int layers) {
    return layers == 1
        ? BigDecimal.ONE
        : new BigDecimal(layer).divide(new BigDecimal(layers - 1), MathContext.DECIMAL128);
  }
}
