package jsearch.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands between brackets, with commas: lists, dicts, keys and arguments. */
final class Brackets {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  Brackets(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** {@code [a, b]}. */
  Expression list() {
    tokens.expect("[");
    List<Expression> items = new ArrayList<>();
    while (!tokens.skip("]")) {
      comma(!items.isEmpty(), "]");
      if (!tokens.is("]")) {
        items.add(expressions.expression());
      }
    }
    return new Expression.Elements(items, false);
  }

  /** Between elements a comma must stand; after the last one it may. */
  private void comma(boolean needed, String end) {
    if (needed && !tokens.skip(",")) {
      throw tokens.unexpected("',' or '%s'".formatted(end));
    }
  }

  /** {@code {a: b}}. */
  Expression dict() {
    tokens.expect("{");
    List<Expression.Pair> pairs = new ArrayList<>();
    while (!tokens.skip("}")) {
      comma(!pairs.isEmpty(), "}");
      if (!tokens.is("}")) {
        Expression key = expressions.expression();
        tokens.expect(":");
        pairs.add(new Expression.Pair(key, expressions.expression()));
      }
    }
    return new Expression.Dict(pairs);
  }

  /** {@code [key]} after a value, or {@code [start:stop:step]}. */
  Expression subscript() {
    tokens.expect("[");
    List<Expression> keys = new ArrayList<>();
    while (!tokens.skip("]")) {
      comma(!keys.isEmpty(), "]");
      keys.add(key());
    }
    if (keys.isEmpty()) {
      throw tokens.fault("found '[]', expected something between the brackets");
    }
    return keys.size() == 1 ? keys.get(0) : new Expression.Elements(keys, true);
  }

  private Expression key() {
    Expression[] bounds = new Expression[3];
    Arrays.fill(bounds, new Expression.Constant(null));
    if (!tokens.is(":")) {
      Expression first = expressions.expression();
      if (!tokens.is(":")) {
        return first;
      }
      bounds[0] = first;
    }
    for (int i = 1; i < bounds.length && tokens.skip(":"); i++) {
      if (!tokens.is(":") && !tokens.is("]") && !tokens.is(",")) {
        bounds[i] = expressions.expression();
      }
    }
    return new Expression.Part(bounds[0], bounds[1], bounds[2]);
  }

  /** A call's arguments, from parenthesis to parenthesis. */
  Expression.Given arguments() {
    tokens.expect("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Optional<Expression> more = Optional.empty();
    Optional<Expression> moreNamed = Optional.empty();
    boolean first = true;
    while (!tokens.skip(")")) {
      comma(!first, ")");
      first = false;
      if (tokens.skip("*")) {
        more = Optional.of(expressions.expression());
      } else if (tokens.skip("**")) {
        moreNamed = Optional.of(expressions.expression());
      } else if (tokens.isKind(Token.Kind.NAME) && tokens.following().is("=")) {
        String name = tokens.next().text();
        tokens.next();
        named.put(name, expressions.expression());
      } else if (!tokens.is(")")) {
        if (!named.isEmpty() || more.isPresent() || moreNamed.isPresent()) {
          throw tokens.fault("an argument without a name follows one with a name");
        }
        positional.add(expressions.expression());
      }
    }
    return new Expression.Given(positional, named, more, moreNamed);
  }
}
