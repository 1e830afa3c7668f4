package jsearch.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jsearch.python.PythonText;

/** Ways in which Python's str is taken apart. */
final class TextSplits {
  private TextSplits() {}

  /** {@code split} or, from the right, {@code rsplit}. */
  static Object split(String text, Arguments arguments, boolean fromRight) {
    Arguments.Bound bound = arguments.bind("split", "sep", "maxsplit");
    int most = bound.whole("maxsplit", -1);
    most = most < 0 ? Integer.MAX_VALUE : most;
    if (bound.get("sep", null) == null) {
      return fromRight ? wordsFromRight(text, most) : words(text, most);
    }
    String separator = bound.text("sep");
    if (separator.isEmpty()) {
      throw new TemplateException("empty separator");
    }
    return fromRight ? partsFromRight(text, separator, most) : parts(text, separator, most);
  }

  private static List<Object> parts(String text, String separator, int most) {
    List<Object> parts = new ArrayList<>();
    int at = 0;
    while (parts.size() < most) {
      int next = text.indexOf(separator, at);
      if (next < 0) {
        break;
      }
      parts.add(text.substring(at, next));
      at = next + separator.length();
    }
    parts.add(text.substring(at));
    return parts;
  }

  private static List<Object> partsFromRight(String text, String separator, int most) {
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    while (parts.size() < most) {
      int next = text.lastIndexOf(separator, end - separator.length());
      if (end < separator.length() || next < 0) {
        break;
      }
      parts.add(text.substring(next + separator.length(), end));
      end = next;
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static List<Object> words(String text, int most) {
    List<Object> words = new ArrayList<>();
    String rest = TextMethods.strip(text, null, true, false);
    while (!rest.isEmpty()) {
      int end = wordEnd(rest);
      if (words.size() == most) {
        words.add(rest);
        break;
      }
      words.add(rest.substring(0, end));
      rest = TextMethods.strip(rest.substring(end), null, true, false);
    }
    return words;
  }

  private static int wordEnd(String text) {
    int end = 0;
    while (end < text.length() && !PythonText.isSpace(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static List<Object> wordsFromRight(String text, int most) {
    List<Object> words = new ArrayList<>();
    String rest = PythonText.stripTrailing(text);
    while (!rest.isEmpty()) {
      if (words.size() == most) {
        words.add(rest);
        break;
      }
      int start = rest.length();
      while (start > 0 && !PythonText.isSpace(rest.codePointBefore(start))) {
        start -= Character.charCount(rest.codePointBefore(start));
      }
      words.add(rest.substring(start));
      rest = PythonText.stripTrailing(rest.substring(0, start));
    }
    Collections.reverse(words);
    return words;
  }

  /** {@code splitlines}. */
  static List<Object> lines(String text, Arguments arguments) {
    boolean keep = arguments.bind("splitlines", "keepends").truth("keepends");
    List<Object> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLineEnd(text.charAt(i))) {
        int end = text.startsWith("\r\n", i) ? i + 2 : i + 1;
        lines.add(text.substring(start, keep ? end : i));
        start = end;
        i = end - 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static boolean isLineEnd(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  /** {@code partition} or {@code rpartition}. */
  static Tuple partition(String text, Arguments arguments, boolean fromRight) {
    String separator = arguments.bind("partition", "sep").text("sep");
    if (separator.isEmpty()) {
      throw new TemplateException("empty separator");
    }
    int at = fromRight ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) {
      return fromRight ? Tuple.of("", "", text) : Tuple.of(text, "", "");
    }
    return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }
}
