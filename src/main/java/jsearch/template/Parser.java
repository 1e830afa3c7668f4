package jsearch.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a template: text, what it prints, and its tags. */
final class Parser {
  private static final Set<String> FOREIGN =
      Set.of("extends", "block", "include", "import", "from", "autoescape", "do", "trans", "debug");

  private final Tokens tokens;
  private final ExpressionParser expressions;

  /** Loops around this place; a macro's or call's block has none. */
  private int loops;

  Parser(List<Token> tokens) {
    this.tokens = new Tokens(tokens);
    expressions = new ExpressionParser(this.tokens);
  }

  /** The whole template. */
  Statement.Body template() {
    Statement.Body body = until();
    if (!tokens.isKind(Token.Kind.END)) {
      throw unknownTag();
    }
    return body;
  }

  /** Statements up to a tag of one of these names, of which the name is left to read. */
  private Statement.Body until(String... ends) {
    List<Statement> statements = new ArrayList<>();
    while (true) {
      switch (tokens.current().kind()) {
        case DATA -> statements.add(new Statement.Text(tokens.next().text()));
        case PRINT_BEGIN -> statements.add(print());
        case BLOCK_BEGIN -> {
          tokens.next();
          if (Set.of(ends).contains(tokens.current().text())) {
            return new Statement.Body(statements, expressions.frame());
          }
          statements.add(tag());
        }
        default -> {
          if (ends.length > 0) {
            throw tokens.unexpected("{%% %s %%}".formatted(ends[ends.length - 1]));
          }
          return new Statement.Body(statements, expressions.frame());
        }
      }
    }
  }

  private Statement print() {
    int line = tokens.next().line();
    Expression value = expressions.locatedTuple(true);
    tokens.expect(Token.Kind.PRINT_END, "}}");
    return new Statement.Print(line, value);
  }

  private Statement tag() {
    Token name = tokens.expect(Token.Kind.NAME, "a tag's name");
    int line = name.line();
    return switch (name.text()) {
      case "if" -> condition();
      case "for" -> loop(line);
      case "set" -> set(line);
      case "macro" -> macro();
      case "call" -> call(line);
      case "filter" -> filter(line);
      case "with" -> with();
      case "generation" -> {
        end();
        yield new Statement.Block(Map.of(), closed(Set.of(), "endgeneration"));
      }
      case "print" -> {
        Statement print = new Statement.Print(line, expressions.locatedTuple(true));
        end();
        yield print;
      }
      case "break" -> leave(Statement.Flow.BREAK, name);
      case "continue" -> leave(Statement.Flow.CONTINUE, name);
      default -> throw unknownTag(name);
    };
  }

  private TemplateException unknownTag() {
    return unknownTag(tokens.current());
  }

  private static TemplateException unknownTag(Token name) {
    String why =
        FOREIGN.contains(name.text())
            ? "the tag '%s' is not supported here"
            : "found the tag '%s', which has no meaning here";
    return new TemplateException(why.formatted(name.text()), name.line());
  }

  private void end() {
    tokens.expect(Token.Kind.BLOCK_END, "%}");
  }

  /** A block's statements and the tag that ends it. */
  private Statement.Body block(String end) {
    Statement.Body body = until(end);
    tokens.next();
    end();
    return body;
  }

  private Statement.Body nothing() {
    return new Statement.Body(List.of(), expressions.frame());
  }

  /** A block with names of its own, these among them. */
  private Statement.Body scoped(Collection<String> parameters, String end) {
    expressions.enter();
    parameters.forEach(expressions.frame()::read);
    Statement.Body body = block(end);
    expressions.leave();
    return body;
  }

  /** The same, where no loop outside can be left from. */
  private Statement.Body closed(Collection<String> parameters, String end) {
    int outer = loops;
    loops = 0;
    Statement.Body body = scoped(parameters, end);
    loops = outer;
    return body;
  }

  private Statement leave(Statement.Flow flow, Token name) {
    if (loops == 0) {
      throw new TemplateException(
          "found '%s', expected it inside a for block".formatted(name.text()), name.line());
    }
    end();
    return new Statement.Leave(flow);
  }

  private Statement condition() {
    List<Statement.Branch> branches = new ArrayList<>();
    String word;
    do {
      Expression test = expressions.locatedTuple(false);
      end();
      expressions.frame().branch();
      branches.add(new Statement.Branch(test, until("elif", "else", "endif")));
      expressions.frame().join();
      word = tokens.next().text();
    } while (word.equals("elif"));
    Statement.Body otherwise = nothing();
    end();
    if (word.equals("else")) {
      expressions.frame().branch();
      otherwise = block("endif");
      expressions.frame().join();
    }
    return new Statement.If(branches, otherwise);
  }

  private Statement loop(int line) {
    Target target = targets();
    if (!tokens.skipName("in")) {
      throw tokens.unexpected("'in'");
    }
    Expression items = expressions.locatedTuple(false);
    Optional<Expression> test = Optional.empty();
    if (tokens.skipName("if")) {
      inLoop(target);
      test = Optional.of(expressions.located());
      expressions.leave();
    }
    if (tokens.isName("recursive")) {
      throw tokens.fault("recursive loops are not supported here");
    }
    end();
    loops++;
    inLoop(target);
    Statement.Body body = until("else", "endfor");
    expressions.leave();
    loops--;
    String word = tokens.next().text();
    end();
    Statement.Body otherwise = word.equals("else") ? scoped(Set.of(), "endfor") : nothing();
    return new Statement.For(line, target, items, test, body, otherwise);
  }

  /** The loop's own names begin; its target is set before anything in it runs. */
  private void inLoop(Target target) {
    expressions.enter();
    expressions.frame().read("loop");
    expressions.frame().branch();
    target.declare(expressions.frame());
    expressions.frame().join();
  }

  private Target targets() {
    List<Target> targets = new ArrayList<>();
    boolean several = false;
    do {
      if (several && !tokens.isKind(Token.Kind.NAME) && !tokens.is("(")) {
        break;
      }
      targets.add(target());
      several |= tokens.is(",");
    } while (tokens.skip(","));
    return several ? new Target.Several(targets) : targets.get(0);
  }

  private Target target() {
    if (tokens.skip("(")) {
      Target inner = targets();
      tokens.expect(")");
      return inner;
    }
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
      throw new TemplateException("can't assign to '%s'".formatted(name.text()), name.line());
    }
    return new Target.Name(name.text());
  }

  private Statement set(int line) {
    Target target = field();
    if (tokens.skip("=")) {
      Expression value = expressions.locatedTuple(true);
      end();
      target.declare(expressions.frame());
      return new Statement.Assignment(line, target, value);
    }
    target.declare(expressions.frame());
    Hole hole = new Hole();
    Expression value = tokens.skip("|") ? expressions.filters(hole) : hole;
    end();
    hole.fill(new Statement.Captured(closed(Set.of(), "endset")));
    return new Statement.Assignment(line, target, value);
  }

  private Target field() {
    if (tokens.isKind(Token.Kind.NAME) && tokens.following().is(".")) {
      String namespace = tokens.next().text();
      tokens.next();
      return new Target.Field(namespace, tokens.expect(Token.Kind.NAME, "a name").text());
    }
    return targets();
  }

  /** Where the text of a block will stand, when it has been read. */
  private static final class Hole implements Expression {
    private Expression filling;

    void fill(Expression with) {
      filling = with;
    }

    @Override
    public Object value(Scope scope) {
      return filling.value(scope);
    }
  }

  private Statement filter(int line) {
    Hole hole = new Hole();
    Expression value = expressions.filters(hole);
    end();
    hole.fill(new Statement.Captured(closed(Set.of(), "endfilter")));
    return new Statement.Print(line, value);
  }

  private Statement with() {
    Map<String, Expression> names = new LinkedHashMap<>();
    while (!tokens.isKind(Token.Kind.BLOCK_END)) {
      if (!names.isEmpty()) {
        tokens.expect(",");
      }
      String name = tokens.expect(Token.Kind.NAME, "a name").text();
      tokens.expect("=");
      names.put(name, expressions.located());
    }
    end();
    return new Statement.Block(names, scoped(names.keySet(), "endwith"));
  }

  private Statement macro() {
    String name = tokens.expect(Token.Kind.NAME, "a macro's name").text();
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> defaults = new LinkedHashMap<>();
    expressions.frame().set(name);
    tokens.expect("(");
    parameters(parameters, defaults);
    end();
    expressions.watch();
    Statement.Body body = closed(parameters, "endmacro");
    return new Statement.Definition(
        new Macro.Signature(name, parameters, defaults, expressions.watched()), body);
  }

  private Statement call(int line) {
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> defaults = new LinkedHashMap<>();
    if (tokens.skip("(")) {
      parameters(parameters, defaults);
    }
    if (!(expressions.expression() instanceof Expression.Call call)) {
      throw new TemplateException("found no call after 'call', expected one", line);
    }
    end();
    expressions.watch();
    Statement.Body body = closed(parameters, "endcall");
    return new Statement.CallBlock(
        line,
        new Macro.Signature("caller", parameters, defaults, expressions.watched()),
        call,
        body);
  }

  private void parameters(List<String> parameters, Map<String, Expression> defaults) {
    expressions.enter();
    while (!tokens.skip(")")) {
      if (!parameters.isEmpty()) {
        tokens.expect(",");
      }
      String name = tokens.expect(Token.Kind.NAME, "a parameter's name").text();
      parameters.add(name);
      if (tokens.skip("=")) {
        defaults.put(name, expressions.located());
      } else if (!defaults.isEmpty()) {
        throw tokens.fault("a parameter without a default follows one with a default");
      }
    }
    expressions.leave();
  }
}
