package jsearch.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.python.PythonText;

/** Cuts a template's text into tokens, by Jinja's rules for white space around tags. */
final class Lexer {
  private static final Pattern TAG = Pattern.compile("\\{[{%#]");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-%}|%})");
  private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(\\+%}|-%}|%})");
  private static final Pattern COMMENT_END = Pattern.compile("[-+]?#}");

  private final String source;
  private final Dialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  /** Whether what comes next begins a line. */
  private boolean lineStarts = true;

  private Lexer(String source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  /**
   * The tokens of a template, the last of them its end.
   *
   * @throws TemplateException when a tag or a string is not closed, or a character has no meaning
   */
  static List<Token> tokens(String text, Dialect dialect) {
    String source = text.replace("\r\n", "\n").replace('\r', '\n'); // Jinja's newline_sequence
    if (!dialect.keepTrailingNewline() && source.endsWith("\n")) {
      source = source.substring(0, source.length() - 1);
    }
    Lexer lexer = new Lexer(source, dialect);
    lexer.template();
    return lexer.tokens;
  }

  private void template() {
    Matcher tag = TAG.matcher(source);
    while (tag.find(at)) {
      Matcher raw = RAW.matcher(source).region(tag.start(), source.length());
      int begin = tag.start();
      char kind = source.charAt(begin + 1);
      data(begin, sign(begin + 2), kind != '{');
      if (raw.lookingAt()) {
        pass(raw.end());
        end(raw.group(1), false);
        raw();
        continue;
      }
      int start = line;
      pass(begin + 2 + (sign(begin + 2) == 0 ? 0 : 1));
      if (kind == '#') {
        comment(start);
      } else {
        inside(kind == '{', start);
      }
    }
    add(Token.Kind.DATA, source.substring(at), line);
    pass(source.length());
    add(Token.Kind.END, "", line);
  }

  private char sign(int place) {
    char c = place < source.length() ? source.charAt(place) : 0;
    return c == '-' || c == '+' ? c : 0;
  }

  /** Text from here to a tag, without the white space that the tag takes. */
  private void data(int end, char sign, boolean block) {
    String text = source.substring(at, end);
    if (sign == '-') {
      text = PythonText.stripTrailing(text);
    } else if (sign == 0 && block && dialect.lstripBlocks()) {
      int last = text.lastIndexOf('\n') + 1;
      if ((last > 0 || lineStarts) && PythonText.strip(text.substring(last)).isEmpty()) {
        text = text.substring(0, last);
      }
    }
    add(Token.Kind.DATA, text, line);
    pass(end);
    lineStarts = false;
  }

  private void add(Token.Kind kind, String text, int start) {
    if (kind != Token.Kind.DATA || !text.isEmpty()) {
      tokens.add(new Token(kind, text, start));
    }
  }

  /** Goes on to this place, counting lines. */
  private void pass(int place) {
    line += (int) source.substring(at, place).chars().filter(c -> c == '\n').count();
    at = place;
  }

  /** White space that a tag's end takes; the end itself has been passed. */
  private void end(String end, boolean trims) {
    int from = at;
    if (end.startsWith("-")) {
      while (at < source.length() && PythonText.isSpace(source.codePointAt(at))) {
        pass(at + Character.charCount(source.codePointAt(at)));
      }
    } else if (trims && !end.startsWith("+") && source.startsWith("\n", at)) {
      pass(at + 1);
    }
    lineStarts = at > from && source.charAt(at - 1) == '\n';
  }

  private void raw() {
    Matcher end = RAW_END.matcher(source);
    if (!end.find(at)) {
      throw new TemplateException("{% raw %} has no {% endraw %}", line);
    }
    data(end.start(), end.group(1).isEmpty() ? 0 : end.group(1).charAt(0), true);
    pass(end.end());
    end(end.group(2), dialect.trimBlocks());
  }

  private void comment(int start) {
    Matcher end = COMMENT_END.matcher(source);
    if (!end.find(at)) {
      throw new TemplateException("a comment is not closed by #}", start);
    }
    pass(end.end());
    end(end.group(), dialect.trimBlocks());
  }

  /** Tokens up to the end of a tag. */
  private void inside(boolean print, int start) {
    Token.Kind begin = print ? Token.Kind.PRINT_BEGIN : Token.Kind.BLOCK_BEGIN;
    tokens.add(new Token(begin, print ? "{{" : "{%", start));
    Symbols symbols = new Symbols(source);
    while (true) {
      if (at == source.length()) {
        throw new TemplateException(
            "a tag is not closed by %s".formatted(print ? "}}" : "%}"), start);
      }
      String end = symbols.isOpen() ? null : tagEnd(print);
      if (end != null) {
        Token.Kind kind = print ? Token.Kind.PRINT_END : Token.Kind.BLOCK_END;
        tokens.add(new Token(kind, end, line));
        pass(at + end.length());
        end(end, !print && dialect.trimBlocks());
        return;
      }
      try {
        symbols.next(at, line).ifPresent(tokens::add);
      } catch (TemplateException e) {
        throw e.at(line);
      }
      pass(symbols.end());
    }
  }

  private String tagEnd(boolean print) {
    for (String end : print ? List.of("-}}", "}}") : List.of("+%}", "-%}", "%}")) {
      if (source.startsWith(end, at)) {
        return end;
      }
    }
    return null;
  }
}
