package jsearch.python;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether {@code json.loads} reads a text: RFC 8259 with {@code NaN} and infinities.
 *
 * <p>Equal keys are allowed there. What is nested deeper than a thousand levels is none: Python
 * gives up on it too.
 */
public final class PythonJson {
  private static final Pattern SPACE = Pattern.compile("[ \\t\\n\\r]*+");
  private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\x00-\\x1f]*+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4})");
  private static final Pattern OTHER =
      Pattern.compile(
          "-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][-+]?[0-9]++)?"
              + "|true|false|null|NaN|-?Infinity");
  private static final int DEEPEST = 1000;

  private final Matcher matcher;
  private final String text;
  private int at;

  private PythonJson(String text) {
    this.text = text;
    this.matcher = Pattern.compile("").matcher(text);
  }

  /** Whether the text is one JSON value. */
  public static boolean isValid(String text) {
    PythonJson json = new PythonJson(text);
    return json.value(0) && json.at == text.length();
  }

  /** Goes past a value and the space on both sides. */
  private boolean value(int depth) {
    skip(SPACE);
    boolean found =
        switch (at < text.length() && depth < DEEPEST ? text.charAt(at) : ' ') {
          case '{' -> members('}', depth);
          case '[' -> members(']', depth);
          case '"' -> string();
          default -> skip(OTHER);
        };
    return found && skip(SPACE);
  }

  private boolean members(char close, int depth) {
    at++;
    skip(SPACE);
    if (next(close)) {
      return true;
    }
    do {
      skip(SPACE);
      boolean keyed = close == ']' || string() && skip(SPACE) && next(':');
      if (!keyed || !value(depth + 1)) {
        return false;
      }
    } while (next(','));
    return next(close);
  }

  private boolean string() {
    if (!next('"')) {
      return false;
    }
    do {
      skip(PLAIN);
    } while (skip(ESCAPE));
    return next('"');
  }

  private boolean next(char wanted) {
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private boolean skip(Pattern pattern) {
    matcher.usePattern(pattern).region(at, text.length());
    boolean found = matcher.lookingAt();
    at = found ? matcher.end() : at;
    return found;
  }
}
