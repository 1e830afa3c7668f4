package jsearch.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A macro, or the block of a {@code call}: text with parameters. */
final class Macro implements Callable {
  private static final String CALLER = "caller";
  private final Signature signature;
  private final Statement.Body body;
  private final Scope scope;

  /**
   * What a macro takes.
   *
   * @param defaults of parameters that need not be given
   * @param used the names that its body asks for: what it asks for it accepts (varargs, kwargs)
   */
  record Signature(
      String name, List<String> parameters, Map<String, Expression> defaults, Set<String> used) {
    boolean takes(String more) {
      return used.contains(more) && !parameters.contains(more);
    }
  }

  Macro(Signature signature, Statement.Body body, Scope scope) {
    this.signature = signature;
    this.body = body;
    this.scope = scope;
  }

  @Override
  public Object call(Arguments arguments) {
    Scope inner = body.inside(scope);
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    List<Object> positional = arguments.positional();
    List<String> parameters = signature.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i);
      if (i < positional.size()) {
        inner.set(name, positional.get(i));
      } else if (named.containsKey(name)) {
        inner.set(name, named.remove(name));
      } else {
        inner.set(name, otherwise(name, inner));
      }
    }
    rest(inner, positional, named);
    return body.text(inner);
  }

  private Object otherwise(String name, Scope inner) {
    Expression given = signature.defaults().get(name);
    return given != null
        ? given.value(inner)
        : new Undefined("parameter '%s' was not provided".formatted(name), inner.strict());
  }

  private void rest(Scope inner, List<Object> positional, Map<String, Object> named) {
    int count = signature.parameters().size();
    if (signature.takes(CALLER)) {
      Undefined none = new Undefined("No caller defined", inner.strict());
      inner.set(CALLER, named.containsKey(CALLER) ? named.remove(CALLER) : none);
    }
    if (signature.takes("kwargs")) {
      inner.set("kwargs", named);
    } else if (!named.isEmpty()) {
      throw new TemplateException(
          "macro '%s' takes no keyword argument '%s'"
              .formatted(signature.name(), named.keySet().iterator().next()));
    }
    if (signature.takes("varargs")) {
      List<Object> more = positional.subList(Math.min(count, positional.size()), positional.size());
      inner.set("varargs", new Tuple(new ArrayList<>(more)));
    } else if (positional.size() > count) {
      throw new TemplateException(
          "macro '%s' takes not more than %d argument(s)".formatted(signature.name(), count));
    }
  }
}
