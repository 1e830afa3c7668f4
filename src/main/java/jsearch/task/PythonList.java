package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jsearch.template.PythonText;

/**
 * Reads a list or tuple of strings as Python writes it: {@code ['a', "it's"]}.
 *
 * <p>lm-evaluation-harness renders {@code doc_to_choice} to text and reads the text back with
 * {@code ast.literal_eval}; this is that function for the one shape that choices may have.
 */
final class PythonList {
  private final String text;
  private int at;

  private PythonList(String text) {
    this.text = text;
  }

  /** The strings of the list, empty when the text is not a list or tuple of strings. */
  static Optional<List<String>> parse(String text) {
    try {
      return Optional.of(new PythonList(PythonText.strip(text)).list());
    } catch (NotAList e) {
      return Optional.empty();
    }
  }

  private List<String> list() {
    char close = next() == '[' ? ']' : text.charAt(0) == '(' ? ')' : fail();
    List<String> strings = new ArrayList<>();
    skipSpace();
    while (peek() != close) {
      strings.add(strings());
      if (peek() != close) {
        require(next() == ',');
        skipSpace();
      } else {
        // Python reads ('a') as the string a, only ('a',) as a tuple.
        require(close == ']' || strings.size() > 1);
      }
    }
    next();
    require(at == text.length());
    return strings;
  }

  /** One or more strings side by side, which Python joins. */
  private String strings() {
    StringBuilder joined = new StringBuilder();
    do {
      joined.append(string());
      skipSpace();
    } while (peek() == '\'' || peek() == '"');
    return joined.toString();
  }

  private String string() {
    char quote = next();
    require(quote == '\'' || quote == '"');
    StringBuilder out = new StringBuilder();
    for (char c = next(); c != quote; c = next()) {
      require(c != '\n');
      if (c == '\\') {
        out.appendCodePoint(escape());
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private int escape() {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '\\', '\'', '"' -> c;
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> fail();
    };
  }

  private int hex(int digits) {
    require(at + digits <= text.length());
    String number = text.substring(at, at + digits);
    require(number.matches("[0-9a-fA-F]+"));
    at += digits;
    return Integer.parseUnsignedInt(number, 16);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    require(at < text.length());
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private static void require(boolean holds) {
    if (!holds) {
      fail();
    }
  }

  private static char fail() {
    throw new NotAList();
  }

  /** Carries the way out of the parser; never leaves this class. */
  private static final class NotAList extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAList() {
      super(null, null, false, false);
    }
  }
}
