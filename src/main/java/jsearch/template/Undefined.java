package jsearch.template;

import java.util.Map;
import jsearch.python.PythonText;
import jsearch.python.PythonValue;

/**
 * A value that is not there.
 *
 * @param message what is missing
 * @param strict whether even its text, truth and elements may not be asked for
 */
record Undefined(String message, boolean strict) implements PythonValue {
  static Undefined name(String name, boolean strict) {
    return new Undefined("'%s' is undefined".formatted(name), strict);
  }

  /** An attribute or element that a value lacks. */
  static Undefined of(Object value, Object key, boolean strict) {
    String owner = value == null ? "None" : Python.type(value) + " object";
    return new Undefined(
        key instanceof String
            ? "'%s' has no attribute '%s'".formatted(owner, key)
            : "%s has no element %s".formatted(owner, shown(key)),
        strict);
  }

  private static String shown(Object key) {
    return key instanceof Map || key instanceof Undefined ? "of that kind" : PythonText.repr(key);
  }

  TemplateException fault() {
    return new TemplateException(message);
  }

  /** Passes where a value that is not there counts as empty. */
  void asEmpty() {
    if (strict) {
      throw fault();
    }
  }

  @Override
  public String repr() {
    return "Undefined";
  }

  @Override
  public String str() {
    asEmpty();
    return "";
  }
}
