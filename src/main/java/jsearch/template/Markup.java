package jsearch.template;

import jsearch.python.PythonValue;

/** Text that a template has declared {@code safe}: it can be printed and joined by {@code ~}. */
record Markup(String text) implements PythonValue {
  @Override
  public String repr() {
    throw TemplateException.unprintable(this);
  }

  @Override
  public String str() {
    return text;
  }
}
