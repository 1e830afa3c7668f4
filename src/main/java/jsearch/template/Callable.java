package jsearch.template;

import jsearch.python.PythonValue;

/** What a template can call: a function, a method bound to its value, a macro. */
@FunctionalInterface
public interface Callable extends PythonValue {
  /**
   * The value of the call.
   *
   * @throws TemplateException when the arguments are not those that it takes
   */
  Object call(Arguments arguments);

  @Override
  default String repr() {
    throw TemplateException.unprintable(this);
  }
}
