package jsearch.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads expressions by Jinja's grammar; weaker operators first. */
final class ExpressionParser {
  private static final Set<String> COMPARES = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final Brackets brackets;
  private final List<Set<String>> watching = new ArrayList<>();
  private Frame frame = new Frame(null);

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
    brackets = new Brackets(tokens, this);
  }

  /** From now on notes the names that expressions ask for. */
  void watch() {
    watching.add(new HashSet<>());
  }

  /** The names since the last {@link #watch}, which ends. */
  Set<String> watched() {
    return watching.remove(watching.size() - 1);
  }

  /** The block that is being read. */
  Frame frame() {
    return frame;
  }

  /** A block with names of its own begins. */
  void enter() {
    frame = new Frame(frame);
  }

  /** It ends. */
  void leave() {
    frame = frame.outer();
  }

  /** An expression that knows its line. */
  Expression located() {
    return new Expression.Located(tokens.line(), expression());
  }

  /** Values with commas between them are a tuple. */
  Expression locatedTuple(boolean choices) {
    int line = tokens.line();
    return new Expression.Located(line, tuple(choices, false));
  }

  Expression expression() {
    int line = tokens.line();
    Expression first = or();
    while (tokens.skipName("if")) {
      Expression test = or();
      Optional<Expression> second =
          tokens.skipName("else") ? Optional.of(expression()) : Optional.empty();
      first = new Expression.Choice(test, first, second, line);
      line = tokens.line();
    }
    return first;
  }

  private Expression tuple(boolean choices, boolean parentheses) {
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    while (!tupleEnds()) {
      items.add(choices ? expression() : or());
      if (!tokens.skip(",")) {
        if (!comma) {
          return items.get(0);
        }
        break;
      }
      comma = true;
    }
    if (items.isEmpty() && !parentheses) {
      throw tokens.unexpected("an expression");
    }
    return new Expression.Elements(items, true);
  }

  private boolean tupleEnds() {
    return tokens.isKind(Token.Kind.PRINT_END)
        || tokens.isKind(Token.Kind.BLOCK_END)
        || tokens.is(")");
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Logic(false, left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.Logic(true, left, not());
    }
    return left;
  }

  private Expression not() {
    return tokens.skipName("not") ? new Expression.Not(not()) : comparison();
  }

  private Expression comparison() {
    Expression first = sum();
    List<Expression.Comparand> others = new ArrayList<>();
    while (true) {
      String operator;
      if (tokens.isKind(Token.Kind.OPERATOR) && COMPARES.contains(tokens.current().text())) {
        operator = tokens.next().text();
      } else if (tokens.skipName("in")) {
        operator = "in";
      } else if (tokens.isName("not") && tokens.following().isName("in")) {
        tokens.next();
        tokens.next();
        operator = "not in";
      } else {
        break;
      }
      others.add(new Expression.Comparand(operator, sum()));
    }
    return others.isEmpty() ? first : new Expression.Comparison(first, others);
  }

  private Expression sum() {
    Expression left = joined();
    while (tokens.is("+") || tokens.is("-")) {
      String operator = tokens.next().text();
      left = new Expression.Operation(operator, left, joined());
    }
    return left;
  }

  private Expression joined() {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(product());
    } while (tokens.skip("~"));
    return parts.size() == 1 ? parts.get(0) : new Expression.Joined(parts);
  }

  private Expression product() {
    Expression left = power();
    while (tokens.is("*") || tokens.is("/") || tokens.is("//") || tokens.is("%")) {
      String operator = tokens.next().text();
      left = new Expression.Operation(operator, left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (tokens.skip("**")) {
      left = new Expression.Operation("**", left, unary(true));
    }
    return left;
  }

  /** Jinja's own precedence: filters bind weaker than a sign, {@code **} weaker still. */
  private Expression unary(boolean filtered) {
    Expression value;
    if (tokens.is("-") || tokens.is("+")) {
      String sign = tokens.next().text();
      value = new Expression.Signed(sign, unary(false));
    } else {
      value = primary();
    }
    value = postfix(value);
    return filtered ? filtered(value) : value;
  }

  private Expression primary() {
    Token token = tokens.current();
    switch (token.kind()) {
      case NAME:
        tokens.next();
        return name(token.text());
      case STRING:
        StringBuilder text = new StringBuilder();
        while (tokens.isKind(Token.Kind.STRING)) {
          text.append(tokens.next().text());
        }
        return new Expression.Constant(text.toString());
      case INTEGER:
        tokens.next();
        return new Expression.Constant(integer(token));
      case FLOAT:
        tokens.next();
        return new Expression.Constant(Double.valueOf(token.text().replace("_", "")));
      default:
        return bracketed();
    }
  }

  private Expression name(String name) {
    switch (name) {
      case "true", "True":
        return new Expression.Constant(true);
      case "false", "False":
        return new Expression.Constant(false);
      case "none", "None":
        return new Expression.Constant(null);
      default:
        watching.forEach(names -> names.add(name));
        frame.read(name);
        return new Expression.Name(name);
    }
  }

  private static Long integer(Token token) {
    String digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
    int base =
        digits.startsWith("0x")
            ? 16
            : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
    BigInteger value = new BigInteger(base == 10 ? digits : digits.substring(2), base);
    if (value.bitLength() > 63) {
      throw new TemplateException("%s is beyond 64 bits".formatted(token.text()), token.line());
    }
    return value.longValue();
  }

  private Expression bracketed() {
    if (tokens.skip("(")) {
      Expression inner = tuple(true, true);
      tokens.expect(")");
      return inner;
    }
    if (tokens.is("[")) {
      return brackets.list();
    }
    if (tokens.is("{")) {
      return brackets.dict();
    }
    throw tokens.unexpected("an expression");
  }

  private Expression postfix(Expression owner) {
    Expression value = owner;
    while (true) {
      if (tokens.skip(".")) {
        value = member(value);
      } else if (tokens.is("[")) {
        value = new Expression.Item(value, brackets.subscript());
      } else if (tokens.is("(")) {
        value = new Expression.Call(value, brackets.arguments());
      } else {
        return value;
      }
    }
  }

  private Expression member(Expression owner) {
    if (tokens.isKind(Token.Kind.INTEGER)) {
      Token index = tokens.next();
      return new Expression.Item(owner, new Expression.Constant(integer(index)));
    }
    return new Expression.Attribute(
        owner, tokens.expect(Token.Kind.NAME, "a name or number after '.'").text());
  }

  private Expression filtered(Expression input) {
    Expression value = input;
    while (true) {
      if (tokens.skip("|")) {
        value = filter(value);
      } else if (tokens.skipName("is")) {
        value = test(value);
      } else if (tokens.is("(")) {
        value = new Expression.Call(value, brackets.arguments());
      } else {
        return value;
      }
    }
  }

  /** A filter's name and arguments, over this input. */
  private Expression filter(Expression input) {
    String name = dotted("a filter's name");
    Expression.Given given = tokens.is("(") ? brackets.arguments() : Expression.Given.NOTHING;
    return new Expression.Filtered(input, name, given);
  }

  /** Filters with bars between them, over this input. */
  Expression filters(Expression input) {
    Expression value = filter(input);
    while (tokens.skip("|")) {
      value = filter(value);
    }
    return value;
  }

  private String dotted(String what) {
    StringBuilder name = new StringBuilder(tokens.expect(Token.Kind.NAME, what).text());
    while (tokens.skip(".")) {
      name.append('.').append(tokens.expect(Token.Kind.NAME, what).text());
    }
    return name.toString();
  }

  private Expression test(Expression input) {
    boolean negated = tokens.skipName("not");
    String name = dotted("a test's name");
    Expression.Given given = Expression.Given.NOTHING;
    if (tokens.is("(")) {
      given = brackets.arguments();
    } else if (argumentFollows()) {
      if (tokens.isName("is")) {
        throw tokens.fault("found 'is' after a test, expected one test");
      }
      given =
          new Expression.Given(
              List.of(postfix(primary())), Map.of(), Optional.empty(), Optional.empty());
    }
    Expression tested = new Expression.Tested(input, name, given);
    return negated ? new Expression.Not(tested) : tested;
  }

  private boolean argumentFollows() {
    return switch (tokens.current().kind()) {
      case NAME -> !Set.of("else", "or", "and").contains(tokens.current().text());
      case STRING, INTEGER, FLOAT -> true;
      default -> tokens.is("[") || tokens.is("{");
    };
  }
}
