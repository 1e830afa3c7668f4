package jsearch.template;

import java.util.LinkedHashMap;
import java.util.Map;
import jsearch.python.PythonValue;

/** Jinja's {@code namespace}: the one thing whose attributes a template can set. */
final class Namespace implements PythonValue {
  private final Map<String, Object> values = new LinkedHashMap<>();

  static Namespace of(Arguments arguments) {
    Namespace namespace = new Namespace();
    Dicts.of(arguments).forEach((name, value) -> namespace.set(Expected.text(name, "name"), value));
    return namespace;
  }

  void set(String name, Object value) {
    if (name.startsWith("_")) {
      throw new TemplateException(
          "'%s' cannot be set on a namespace, expected a name without underscore in front"
              .formatted(name));
    }
    values.put(name, value);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Object get(String name) {
    return values.get(name);
  }

  @Override
  public String repr() {
    throw TemplateException.unprintable(this);
  }
}
