package jsearch.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Names of one block, over those of the blocks around it. */
final class Scope {
  private static final Object HIDDEN = new Object();

  private final Scope outer;
  private final Dialect dialect;
  private final Map<String, Object> names = new HashMap<>();

  /** The outermost scope, with these names. */
  Scope(Dialect dialect, Map<String, Object> names) {
    this.outer = null;
    this.dialect = dialect;
    this.names.putAll(names);
  }

  private Scope(Scope outer) {
    this.outer = outer;
    this.dialect = outer.dialect;
  }

  /** The scope of a block inside this one, in which these names are undefined at first. */
  Scope inner(Set<String> hidden) {
    Scope inner = new Scope(this);
    hidden.forEach(name -> inner.names.put(name, HIDDEN));
    return inner;
  }

  void set(String name, Object value) {
    names.put(name, value);
  }

  /** The value of the name, undefined where there is none. */
  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.names.containsKey(name)) {
        Object value = scope.names.get(name);
        return value == HIDDEN ? Undefined.name(name, strict()) : value;
      }
    }
    return Undefined.name(name, strict());
  }

  Dialect dialect() {
    return dialect;
  }

  boolean strict() {
    return dialect.strict();
  }
}
