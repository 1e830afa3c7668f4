package jsearch.template;

/** What a template can call: a function, a method bound to its value, a macro. */
@FunctionalInterface
public interface Callable {
  /**
   * The value of the call.
   *
   * @throws TemplateException when the arguments are not those that it takes
   */
  Object call(Arguments arguments);
}
