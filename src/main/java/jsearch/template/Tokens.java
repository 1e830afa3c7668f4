package jsearch.template;

import java.util.List;

/** A template's tokens, read from first to last. */
final class Tokens {
  private final List<Token> tokens;
  private int at;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  /** The one after the current one. */
  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  int line() {
    return current().line();
  }

  /** The current one, left behind. */
  Token next() {
    Token token = current();
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  boolean is(String operator) {
    return current().is(operator);
  }

  boolean isName(String name) {
    return current().isName(name);
  }

  boolean isKind(Token.Kind kind) {
    return current().kind() == kind;
  }

  /** Leaves this operator behind if it stands here. */
  boolean skip(String operator) {
    boolean here = is(operator);
    if (here) {
      next();
    }
    return here;
  }

  /** Leaves this word behind if it stands here. */
  boolean skipName(String name) {
    boolean here = isName(name);
    if (here) {
      next();
    }
    return here;
  }

  void expect(String operator) {
    if (!skip(operator)) {
      throw unexpected("'%s'".formatted(operator));
    }
  }

  Token expect(Token.Kind kind, String what) {
    if (!isKind(kind)) {
      throw unexpected(what);
    }
    return next();
  }

  /** The error of a token that is not what was expected. */
  TemplateException unexpected(String expected) {
    return new TemplateException(
        "found %s, expected %s".formatted(current().shown(), expected), line());
  }

  TemplateException fault(String message) {
    return new TemplateException(message, line());
  }
}
