package jsearch.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.python.PythonText;

/** What has a value. */
interface Expression {
  Object value(Scope scope);

  /** A literal; its value may be null. */
  record Constant(Object constant) implements Expression {
    @Override
    public Object value(Scope scope) {
      return constant;
    }
  }

  /** A name. */
  record Name(String name) implements Expression {
    @Override
    public Object value(Scope scope) {
      return scope.get(name);
    }
  }

  /** {@code [a, b]} or, as a tuple, {@code (a, b)}. */
  record Elements(List<Expression> items, boolean tuple) implements Expression {
    @Override
    public Object value(Scope scope) {
      List<Object> values = new ArrayList<>();
      items.forEach(item -> values.add(item.value(scope)));
      return tuple ? new Tuple(values) : values;
    }
  }

  /** A key and the value that it stands for. */
  record Pair(Expression key, Expression value) {}

  /** {@code {a: b}}. */
  record Dict(List<Pair> pairs) implements Expression {
    @Override
    public Object value(Scope scope) {
      Map<Object, Object> dict = new LinkedHashMap<>();
      pairs.forEach(pair -> Dicts.put(dict, pair.key.value(scope), pair.value.value(scope)));
      return dict;
    }
  }

  /** {@code value.name}. */
  record Attribute(Expression owner, String name) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Attributes.attribute(owner.value(scope), name, scope.strict());
    }
  }

  /** {@code value[key]}. */
  record Item(Expression owner, Expression key) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Attributes.item(owner.value(scope), key.value(scope), scope.strict());
    }
  }

  /** {@code start:stop:step} inside brackets. */
  record Part(Expression start, Expression stop, Expression step) implements Expression {
    @Override
    public Object value(Scope scope) {
      return new Slice(start.value(scope), stop.value(scope), step.value(scope));
    }
  }

  /**
   * What stands between the parentheses of a call.
   *
   * @param more after {@code *}
   * @param moreNamed after {@code **}
   */
  record Given(
      List<Expression> positional,
      Map<String, Expression> named,
      Optional<Expression> more,
      Optional<Expression> moreNamed) {
    static final Given NOTHING = new Given(List.of(), Map.of(), Optional.empty(), Optional.empty());

    Arguments values(Scope scope) {
      List<Object> values = new ArrayList<>();
      positional.forEach(argument -> values.add(argument.value(scope)));
      Map<String, Object> byName = new LinkedHashMap<>();
      named.forEach((name, argument) -> byName.put(name, argument.value(scope)));
      more.ifPresent(list -> values.addAll(Python.iterate(list.value(scope))));
      moreNamed.ifPresent(
          dict ->
              Dicts.of(new Arguments(List.of(dict.value(scope)), Map.of()))
                  .forEach((name, value) -> byName.put(Expected.text(name, "name"), value)));
      return new Arguments(values, byName);
    }
  }

  /** {@code callee(...)}. */
  record Call(Expression callee, Given given) implements Expression {
    @Override
    public Object value(Scope scope) {
      return callable(scope).call(given.values(scope));
    }

    Callable callable(Scope scope) {
      Object value = callee.value(scope);
      if (value instanceof Callable callable) {
        return callable;
      }
      if (value instanceof Undefined undefined) {
        throw undefined.fault();
      }
      throw new TemplateException("'%s' object is not callable".formatted(Python.type(value)));
    }
  }

  /** {@code value|filter(...)}. */
  record Filtered(Expression input, String filter, Given given) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Filters.apply(scope, filter, input.value(scope), given.values(scope));
    }
  }

  /** {@code value is test(...)}. */
  record Tested(Expression input, String test, Given given) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Tests.holds(test, input.value(scope), given.values(scope));
    }
  }

  /** {@code not value}. */
  record Not(Expression input) implements Expression {
    @Override
    public Object value(Scope scope) {
      return !Python.truth(input.value(scope));
    }
  }

  /** {@code -value} or {@code +value}. */
  record Signed(String sign, Expression input) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Arithmetic.signed(sign, input.value(scope));
    }
  }

  /** {@code left operator right}, of numbers and what adds up. */
  record Operation(String operator, Expression left, Expression right) implements Expression {
    @Override
    public Object value(Scope scope) {
      return Arithmetic.of(operator, left.value(scope), right.value(scope));
    }
  }

  /** {@code left and right}, {@code left or right}: the operand that decides. */
  record Logic(boolean and, Expression left, Expression right) implements Expression {
    @Override
    public Object value(Scope scope) {
      Object first = left.value(scope);
      return Python.truth(first) == and ? right.value(scope) : first;
    }
  }

  /** {@code a ~ b ~ c}. */
  record Joined(List<Expression> parts) implements Expression {
    @Override
    public Object value(Scope scope) {
      StringBuilder out = new StringBuilder();
      parts.forEach(part -> out.append(PythonText.str(part.value(scope))));
      return out.toString();
    }
  }

  /** {@code first if test else second}; without else it may be undefined. */
  record Choice(Expression test, Expression first, Optional<Expression> second, int line)
      implements Expression {
    @Override
    public Object value(Scope scope) {
      if (Python.truth(test.value(scope))) {
        return first.value(scope);
      }
      if (second.isPresent()) {
        return second.get().value(scope);
      }
      String missing =
          "the inline if-expression on line %d evaluated to false and no else section was defined."
              .formatted(line);
      return new Undefined(missing, scope.strict());
    }
  }

  /** An operator and what stands right of it. */
  record Comparand(String operator, Expression value) {}

  /** {@code a < b <= c}: true while each holds. */
  record Comparison(Expression first, List<Comparand> others) implements Expression {
    @Override
    public Object value(Scope scope) {
      Object left = first.value(scope);
      for (Comparand other : others) {
        Object right = other.value.value(scope);
        if (!holds(left, other.operator, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }

    static boolean holds(Object left, String operator, Object right) {
      return switch (operator) {
        case "==" -> Python.equal(left, right);
        case "!=" -> !Python.equal(left, right);
        case "in" -> Python.contains(right, left);
        case "not in" -> !Python.contains(right, left);
        case "<" -> Python.compare(left, right, operator) < 0;
        case "<=" -> Python.compare(left, right, operator) <= 0;
        case ">" -> Python.compare(left, right, operator) > 0;
        default -> Python.compare(left, right, operator) >= 0;
      };
    }
  }

  /** An expression that knows its line. */
  record Located(int line, Expression inner) implements Expression {
    @Override
    public Object value(Scope scope) {
      try {
        return inner.value(scope);
      } catch (TemplateException e) {
        throw e.at(line);
      }
    }
  }
}
