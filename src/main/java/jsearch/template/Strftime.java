package jsearch.template;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Python's {@code strftime} in the C locale. */
public final class Strftime {
  private static final Map<Character, String> CODES =
      Map.ofEntries(
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('b', "MMM"),
          Map.entry('h', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('d', "dd"),
          Map.entry('D', "MM/dd/yy"),
          Map.entry('F', "yyyy-MM-dd"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('j', "DDD"),
          Map.entry('m', "MM"),
          Map.entry('M', "mm"),
          Map.entry('p', "a"),
          Map.entry('R', "HH:mm"),
          Map.entry('S', "ss"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('y', "yy"),
          Map.entry('Y', "yyyy"));

  private Strftime() {}

  /**
   * The text of a time.
   *
   * @throws TemplateException when the format has a code that is not known
   */
  public static String of(LocalDateTime time, String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      i++;
      boolean bare = i < format.length() && format.charAt(i) == '-';
      i += bare ? 1 : 0;
      String text = i < format.length() ? code(time, format.charAt(i)) : null;
      if (text == null) {
        throw new TemplateException("strftime of '%s' is not supported here".formatted(format));
      }
      out.append(bare ? text.replaceFirst("^0+(?=.)", "") : text);
    }
    return out.toString();
  }

  private static String code(LocalDateTime time, char code) {
    if (code == '%') {
      return "%";
    }
    String pattern = CODES.get(code);
    return pattern == null
        ? null
        : time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }
}
