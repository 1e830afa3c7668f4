package jsearch.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jsearch.python.PythonText;

/** Jinja's filters; those of sequences are in {@link SequenceFilters}. */
final class Filters {
  private static final Set<String> FOREIGN =
      Set.of(
          "attr",
          "batch",
          "center",
          "e",
          "escape",
          "filesizeformat",
          "forceescape",
          "groupby",
          "pprint",
          "random",
          "slice",
          "striptags",
          "truncate",
          "urlencode",
          "urlize",
          "wordcount",
          "wordwrap",
          "xmlattr");

  /** Those that take the text of any value. */
  private static final Set<String> TEXT =
      Set.of(
          "string",
          "safe",
          "upper",
          "lower",
          "title",
          "capitalize",
          "trim",
          "replace",
          "indent",
          "format");

  private static final Pattern WORD_BEGINS = Pattern.compile("(?<=[-\\s({\\[<])(?![-\\s({\\[<])");

  private Filters() {}

  /**
   * The filtered value.
   *
   * @throws TemplateException when there is no such filter, or its arguments are not what it takes
   */
  static Object apply(Scope scope, String filter, Object value, Arguments arguments) {
    Callable own = scope.dialect().filters().get(filter);
    if (own != null) {
      return own.call(arguments.after(value));
    }
    if (FOREIGN.contains(filter)) {
      throw new TemplateException("the filter '%s' is not supported here".formatted(filter));
    }
    if (SequenceFilters.NAMES.contains(filter)) {
      return SequenceFilters.apply(scope, filter, value, arguments);
    }
    return switch (filter) {
      case "default", "d" -> otherwise(value, arguments);
      case "items" -> items(value, arguments);
      case "abs" -> abs(value, arguments);
      case "round" -> round(value, arguments.bind(filter, "precision", "method"));
      case "int" -> Numbers.whole(value, arguments);
      case "float" -> Numbers.real(value, arguments);
      case "indent" -> indent(Expected.text(value, filter), arguments);
      default -> ofText(filter, PythonText.str(checked(filter, value)), arguments);
    };
  }

  private static Object checked(String filter, Object value) {
    if (value instanceof Markup && !filter.equals("safe")) {
      throw new TemplateException("'%s' after 'safe' is not supported here".formatted(filter));
    }
    if (!TEXT.contains(filter)) {
      throw new TemplateException("there is no filter named '%s' here".formatted(filter));
    }
    return value;
  }

  private static Object ofText(String filter, String text, Arguments arguments) {
    switch (filter) {
      case "replace":
        return replace(text, arguments);
      case "trim":
        Object chars = arguments.bind(filter, "chars").get("chars", null);
        return TextMethods.strip(
            text, chars == null ? null : Expected.text(chars, "trim"), true, true);
      case "format":
        return Percent.format(
            text,
            arguments.named().isEmpty() ? new Tuple(arguments.positional()) : arguments.named());
      default:
        arguments.bind(filter);
    }
    return switch (filter) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> TextMethods.capitalize(text);
      case "title" -> title(text);
      case "safe" -> new Markup(text);
      default -> text;
    };
  }

  /** First letters of words up, the others down; words begin after a space, hyphen or bracket. */
  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    for (String word : WORD_BEGINS.split(text)) {
      int first = word.isEmpty() ? 0 : word.offsetByCodePoints(0, 1);
      out.append(word.substring(0, first).toUpperCase(Locale.ROOT));
      out.append(word.substring(first).toLowerCase(Locale.ROOT));
    }
    return out.toString();
  }

  private static String replace(String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("replace", "old", "new", "count");
    Object count = bound.get("count", null);
    return TextMethods.replace(
        text,
        PythonText.str(bound.get("old")),
        PythonText.str(bound.get("new")),
        count == null ? -1 : bound.whole("count", -1));
  }

  private static String indent(String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("indent", "width", "first", "blank");
    String by = bound.spaces("width", 4);
    List<Object> lines = TextSplits.lines(text + "\n", Arguments.NONE);
    StringBuilder out = new StringBuilder(bound.truth("first") ? by : "");
    out.append(lines.get(0));
    for (Object line : lines.subList(1, lines.size())) {
      boolean indented = bound.truth("blank") || !line.equals("");
      out.append('\n').append(indented ? by : "").append(line);
    }
    return out.toString();
  }

  private static Object otherwise(Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("default", "default_value", "boolean");
    boolean missing =
        value instanceof Undefined || (bound.truth("boolean") && !Python.truth(value));
    return missing ? bound.get("default_value", "") : value;
  }

  private static Object items(Object value, Arguments arguments) {
    arguments.bind("items");
    if (value instanceof Undefined) {
      return new Generator(List.of());
    }
    if (value instanceof Map<?, ?> map) {
      return new Generator(Attributes.pairs(map));
    }
    throw new TemplateException("Can only get item pairs from a mapping.");
  }

  private static Object abs(Object value, Arguments arguments) {
    arguments.bind("abs");
    return Arithmetic.abs(value);
  }

  private static Object round(Object value, Arguments.Bound bound) {
    if (!Python.isNumber(value)) {
      throw Expected.wrong(value, "round", "a number");
    }
    Number number = Python.number(value);
    int precision = bound.whole("precision", 0);
    String method = bound.has("method") ? bound.text("method") : "common";
    if (!method.equals("common") || precision < 0) {
      throw new TemplateException("round by '%s' is not supported here".formatted(method));
    }
    if (number instanceof Long || !Double.isFinite(number.doubleValue())) {
      return number;
    }
    double rounded =
        new BigDecimal(number.doubleValue())
            .setScale(precision, RoundingMode.HALF_EVEN)
            .doubleValue();
    return Math.copySign(rounded, number.doubleValue());
  }
}
