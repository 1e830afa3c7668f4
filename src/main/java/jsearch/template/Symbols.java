package jsearch.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.python.PythonText;

/** Reads names, numbers, strings and operators inside one tag. */
final class Symbols {
  private static final String DIGITS = "(?:\\d+_)*\\d+";
  private static final Pattern FLOAT =
      Pattern.compile("(?i)(?<!\\.)%1$s(?:(?:\\.%1$s)?e[+-]?%1$s|\\.%1$s)".formatted(DIGITS));
  private static final Pattern INTEGER =
      Pattern.compile(
          "(?i)0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\\da-f])+|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}\\p{M}_]+");
  private static final Pattern STRING =
      Pattern.compile(
          "'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'|\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"",
          Pattern.DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");
  private static final Map<String, String> CLOSES = Map.of("}", "{", ")", "(", "]", "[");

  private final String source;
  private final Deque<String> open = new ArrayDeque<>();
  private int end;

  Symbols(String source) {
    this.source = source;
  }

  /** Whether a bracket waits for its end, so that no tag can end here. */
  boolean isOpen() {
    return !open.isEmpty();
  }

  /** Where the last one ended. */
  int end() {
    return end;
  }

  /** The token at this place, empty for white space. */
  Optional<Token> next(int at, int line) {
    int point = source.codePointAt(at);
    if (PythonText.isSpace(point)) {
      end = at + Character.charCount(point);
      return Optional.empty();
    }
    Matcher found = matcher(FLOAT, at);
    if (found.lookingAt()) {
      return token(Token.Kind.FLOAT, found, line);
    }
    if (found.usePattern(INTEGER).lookingAt()) {
      return token(Token.Kind.INTEGER, found, line);
    }
    if (found.usePattern(NAME).lookingAt()) {
      return token(Token.Kind.NAME, found, line);
    }
    if (found.usePattern(STRING).lookingAt()) {
      end = found.end();
      String inner = found.group(1) == null ? found.group(2) : found.group(1);
      return Optional.of(new Token(Token.Kind.STRING, Escapes.meaning(inner), line));
    }
    if (found.usePattern(OPERATOR).lookingAt()) {
      balance(found.group());
      return token(Token.Kind.OPERATOR, found, line);
    }
    throw new TemplateException("unexpected character '%s'".formatted(Character.toString(point)));
  }

  private Matcher matcher(Pattern pattern, int at) {
    return pattern.matcher(source).region(at, source.length()).useTransparentBounds(true);
  }

  private Optional<Token> token(Token.Kind kind, Matcher found, int line) {
    end = found.end();
    return Optional.of(new Token(kind, found.group(), line));
  }

  private void balance(String operator) {
    if ("{([".contains(operator)) {
      open.push(operator);
    } else if (CLOSES.containsKey(operator)
        && !CLOSES.get(operator).equals(open.isEmpty() ? null : open.pop())) {
      throw new TemplateException("unexpected '%s'".formatted(operator));
    }
  }
}
