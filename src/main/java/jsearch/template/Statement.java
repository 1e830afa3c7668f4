package jsearch.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jsearch.python.PythonText;

/** What writes text, or sets names. */
interface Statement {
  /** How a block is left. */
  enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  Flow run(Scope scope, StringBuilder out);

  /**
   * Statements one after the other.
   *
   * @param frame the names of the block that they stand in
   */
  record Body(List<Statement> statements, Frame frame) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      for (Statement statement : statements) {
        Flow flow = statement.run(scope, out);
        if (flow != Flow.ON) {
          return flow;
        }
      }
      return Flow.ON;
    }

    /** The scope of this block inside another. */
    Scope inside(Scope scope) {
      return scope.inner(frame.hidden());
    }

    /** The text that it writes in a scope of its own. */
    String text(Scope inner) {
      StringBuilder out = new StringBuilder();
      run(inner, out);
      return out.toString();
    }
  }

  /** Text that stands in the template. */
  record Text(String text) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      out.append(text);
      return Flow.ON;
    }
  }

  /** {@code {{ value }}}. */
  record Print(int line, Expression value) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      try {
        out.append(PythonText.str(value.value(scope)));
      } catch (TemplateException e) {
        throw e.at(line);
      }
      return Flow.ON;
    }
  }

  /** A test, and what runs where it holds. */
  record Branch(Expression test, Body body) {}

  /** {@code if}, {@code elif}, {@code else}. */
  record If(List<Branch> branches, Body otherwise) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      for (Branch branch : branches) {
        if (Python.truth(branch.test.value(scope))) {
          return branch.body.run(scope, out);
        }
      }
      return otherwise.run(scope, out);
    }
  }

  /** {@code for target in items if test}. */
  record For(
      int line,
      Target target,
      Expression items,
      Optional<Expression> test,
      Body body,
      Body otherwise)
      implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      List<Object> taken = taken(scope);
      Loop loop = new Loop(taken);
      boolean none = taken.isEmpty();
      for (int i = 0; i < taken.size(); i++) {
        loop.at(i);
        Scope inner = body.inside(scope);
        inner.set("loop", loop);
        set(inner, taken.get(i));
        if (body.run(inner, out) == Flow.BREAK) {
          break;
        }
      }
      if (none) {
        otherwise.run(otherwise.inside(scope), out);
      }
      return Flow.ON;
    }

    private List<Object> taken(Scope scope) {
      List<Object> all;
      try {
        all = Python.iterate(items.value(scope));
      } catch (TemplateException e) {
        throw e.at(line);
      }
      if (test.isEmpty()) {
        return all;
      }
      List<Object> taken = new ArrayList<>();
      for (Object item : all) {
        Scope inner = scope.inner(Set.of());
        set(inner, item);
        if (Python.truth(test.get().value(inner))) {
          taken.add(item);
        }
      }
      return taken;
    }

    private void set(Scope inner, Object item) {
      try {
        target.set(inner, item);
      } catch (TemplateException e) {
        throw e.at(line);
      }
    }
  }

  /** {@code break} or {@code continue}. */
  record Leave(Flow flow) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      return flow;
    }
  }

  /** {@code set target = value}. */
  record Assignment(int line, Target target, Expression value) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      try {
        target.set(scope, value.value(scope));
      } catch (TemplateException e) {
        throw e.at(line);
      }
      return Flow.ON;
    }
  }

  /** Text of a block that becomes a value: {@code set} without a value, {@code filter}. */
  record Captured(Body body) implements Expression {
    @Override
    public Object value(Scope scope) {
      return body.text(body.inside(scope));
    }
  }

  /** A block with names of its own: {@code with}, {@code generation}. */
  record Block(Map<String, Expression> names, Body body) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      Scope inner = body.inside(scope);
      names.forEach((name, value) -> inner.set(name, value.value(scope)));
      return body.run(inner, out);
    }
  }

  /** {@code macro}. */
  record Definition(Macro.Signature signature, Body body) implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      scope.set(signature.name(), new Macro(signature, body, scope));
      return Flow.ON;
    }
  }

  /** {@code call}: a call whose block the callee may print. */
  record CallBlock(int line, Macro.Signature signature, Expression.Call call, Body body)
      implements Statement {
    @Override
    public Flow run(Scope scope, StringBuilder out) {
      try {
        Arguments given = call.given().values(scope);
        Map<String, Object> named = new LinkedHashMap<>(given.named());
        named.put("caller", new Macro(signature, body, scope));
        Callable callee = call.callable(scope);
        out.append(PythonText.str(callee.call(new Arguments(given.positional(), named))));
      } catch (TemplateException e) {
        throw e.at(line);
      }
      return Flow.ON;
    }
  }
}
