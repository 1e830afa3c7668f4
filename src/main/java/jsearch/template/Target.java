package jsearch.template;

import java.util.List;

/** What a value is given to. */
interface Target {
  void set(Scope scope, Object value);

  /** Notes the names that it sets. */
  void declare(Frame frame);

  /** A name. */
  record Name(String name) implements Target {
    @Override
    public void set(Scope scope, Object value) {
      scope.set(name, value);
    }

    @Override
    public void declare(Frame frame) {
      frame.set(name);
    }
  }

  /** {@code namespace.name}. */
  record Field(String namespace, String name) implements Target {
    @Override
    public void set(Scope scope, Object value) {
      Object owner = scope.get(namespace);
      if (owner instanceof Undefined undefined) {
        throw undefined.fault();
      }
      if (!(owner instanceof Namespace known)) {
        throw new TemplateException(
            "cannot assign attribute on non-namespace object '%s' of type %s"
                .formatted(namespace, Python.type(owner)));
      }
      known.set(name, value);
    }

    @Override
    public void declare(Frame frame) {
      frame.read(namespace);
    }
  }

  /** {@code a, b}: one element each. */
  record Several(List<Target> targets) implements Target {
    @Override
    public void set(Scope scope, Object value) {
      List<Object> values = Python.iterate(value);
      if (values.size() != targets.size()) {
        throw new TemplateException(
            "%d values for %d names".formatted(values.size(), targets.size()));
      }
      for (int i = 0; i < values.size(); i++) {
        targets.get(i).set(scope, values.get(i));
      }
    }

    @Override
    public void declare(Frame frame) {
      targets.forEach(target -> target.declare(frame));
    }
  }
}
