package jsearch.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jsearch.python.PythonText;

/** Methods of Python's str. */
final class TextMethods {
  private static final Map<String, BiFunction<String, Arguments, Object>> ALL =
      Map.ofEntries(
          Map.entry("strip", (text, a) -> strip(text, chars(a), true, true)),
          Map.entry("lstrip", (text, a) -> strip(text, chars(a), true, false)),
          Map.entry("rstrip", (text, a) -> strip(text, chars(a), false, true)),
          Map.entry("split", (text, a) -> TextSplits.split(text, a, false)),
          Map.entry("rsplit", (text, a) -> TextSplits.split(text, a, true)),
          Map.entry("splitlines", TextSplits::lines),
          Map.entry("partition", (text, a) -> TextSplits.partition(text, a, false)),
          Map.entry("rpartition", (text, a) -> TextSplits.partition(text, a, true)),
          Map.entry("upper", plain(text -> text.toUpperCase(Locale.ROOT))),
          Map.entry("lower", plain(text -> text.toLowerCase(Locale.ROOT))),
          Map.entry("title", plain(TextMethods::title)),
          Map.entry("capitalize", plain(TextMethods::capitalize)),
          Map.entry("startswith", (text, a) -> edge(text, a, true)),
          Map.entry("endswith", (text, a) -> edge(text, a, false)),
          Map.entry("replace", TextMethods::replace),
          Map.entry("find", (text, a) -> find(text, a, false)),
          Map.entry("rfind", (text, a) -> find(text, a, true)),
          Map.entry("index", (text, a) -> found(find(text, a, false))),
          Map.entry("rindex", (text, a) -> found(find(text, a, true))),
          Map.entry("count", TextMethods::count),
          Map.entry("join", TextMethods::join),
          Map.entry("format", Percent::braces),
          Map.entry("removeprefix", (text, a) -> without(text, a, true)),
          Map.entry("removesuffix", (text, a) -> without(text, a, false)),
          Map.entry("isspace", all(PythonText::isSpace)),
          Map.entry("isalpha", all(Character::isLetter)),
          Map.entry("isdigit", all(TextMethods::isDigit)),
          Map.entry("isdecimal", all(Character::isDigit)));

  private TextMethods() {}

  /** The method of this name, null where we have none. */
  static BiFunction<String, Arguments, Object> get(String name) {
    return ALL.get(name);
  }

  private static BiFunction<String, Arguments, Object> plain(UnaryOperator<String> method) {
    return (text, arguments) -> {
      arguments.bind("the method");
      return method.apply(text);
    };
  }

  private static BiFunction<String, Arguments, Object> all(IntPredicate test) {
    return (text, arguments) -> {
      arguments.bind("the method");
      return !text.isEmpty() && text.codePoints().allMatch(test);
    };
  }

  private static boolean isDigit(int c) {
    if (Character.getType(c) == Character.OTHER_NUMBER) {
      throw new TemplateException(
          "isdigit of '%s' is not supported".formatted(Character.toString(c)));
    }
    return Character.isDigit(c);
  }

  private static String chars(Arguments arguments) {
    Object chars = arguments.bind("strip", "chars").get("chars", null);
    return chars == null ? null : Expected.text(chars, "strip");
  }

  /** Python's strip of these characters, of white space where they are null. */
  static String strip(String text, String chars, boolean left, boolean right) {
    IntPredicate goes = chars == null ? PythonText::isSpace : c -> chars.indexOf(c) >= 0;
    int start = 0;
    int end = text.length();
    while (left && start < end && goes.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && goes.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (String point : Python.points(text)) {
      int c = point.codePointAt(0);
      boolean cased = Character.isUpperCase(c) || Character.isLowerCase(c) || isTitle(c);
      out.append(inWord ? point.toLowerCase(Locale.ROOT) : titled(point));
      inWord = cased;
    }
    return out.toString();
  }

  private static boolean isTitle(int c) {
    return Character.isTitleCase(c);
  }

  private static String titled(String point) {
    int c = point.codePointAt(0);
    String upper = point.toUpperCase(Locale.ROOT);
    if (upper.codePointCount(0, upper.length()) > 1) {
      return upper.substring(0, upper.offsetByCodePoints(0, 1))
          + upper.substring(upper.offsetByCodePoints(0, 1)).toLowerCase(Locale.ROOT);
    }
    return Character.toString(Character.toTitleCase(c));
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return titled(text.substring(0, first)) + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static Object edge(String text, Arguments arguments, boolean start) {
    Object asked = arguments.bind(start ? "startswith" : "endswith", "prefix").get("prefix");
    List<Object> any =
        asked instanceof Tuple tuple ? tuple.items() : Collections.singletonList(asked);
    return any.stream()
        .map(part -> Expected.text(part, start ? "startswith" : "endswith"))
        .anyMatch(part -> start ? text.startsWith(part) : text.endsWith(part));
  }

  private static Object without(String text, Arguments arguments, boolean start) {
    String part = arguments.bind("removeprefix or removesuffix", "part").text("part");
    if (start ? !text.startsWith(part) : !text.endsWith(part)) {
      return text;
    }
    return start ? text.substring(part.length()) : text.substring(0, text.length() - part.length());
  }

  private static Object replace(String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("replace", "old", "new", "count");
    return replace(text, bound.text("old"), bound.text("new"), bound.whole("count", -1));
  }

  /** Python's replace, of the first {@code count}, of all where it is negative. */
  static String replace(String text, String old, String with, int count) {
    if (count < 0) {
      return old.isEmpty() ? between(text, with) : text.replace(old, with);
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int left = count; left > 0 && !old.isEmpty(); left--) {
      int next = text.indexOf(old, at);
      if (next < 0) {
        break;
      }
      out.append(text, at, next).append(with);
      at = next + old.length();
    }
    if (old.isEmpty() && count > 0) {
      throw new TemplateException("replace of '' with a count is not supported here");
    }
    return out.append(text.substring(at)).toString();
  }

  /** Before each code point and at the end. */
  private static String between(String text, String with) {
    return text.isEmpty()
        ? with
        : Python.points(text).stream().collect(Collectors.joining(with, with, with));
  }

  private static Long find(String text, Arguments arguments, boolean last) {
    Arguments.Bound bound = arguments.bind("find", "part", "start", "end");
    String part = bound.text("part");
    if (bound.has("start") || bound.has("end")) {
      return within(text, part, bound, last);
    }
    int at = last ? text.lastIndexOf(part) : text.indexOf(part);
    return at < 0 ? -1L : text.codePointCount(0, at);
  }

  private static Long within(String text, String part, Arguments.Bound bound, boolean last) {
    List<String> points = Python.points(text);
    Slice slice = new Slice(bound.get("start", null), bound.get("end", null), null);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      places.add(i);
    }
    List<Integer> taken = slice.of(places);
    if (taken.isEmpty()) {
      if (part.isEmpty()) {
        throw new TemplateException("find of '' in an empty part is not supported here");
      }
      return -1L;
    }
    String inner = String.join("", slice.of(points));
    int at = last ? inner.lastIndexOf(part) : inner.indexOf(part);
    return at < 0 ? -1L : taken.get(0) + (long) inner.codePointCount(0, at);
  }

  private static Long found(Long at) {
    if (at < 0) {
      throw new TemplateException("substring not found");
    }
    return at;
  }

  private static Object count(String text, Arguments arguments) {
    String part = arguments.bind("count", "part").text("part");
    if (part.isEmpty()) {
      return Python.length(text) + 1;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static Object join(String text, Arguments arguments) {
    return Python.iterate(arguments.bind("join", "iterable").get("iterable")).stream()
        .map(part -> Expected.text(part, "join: an element"))
        .collect(Collectors.joining(text));
  }
}
