package jsearch.template;

/** What is wrong with a template, or with what it was given; the message is for the user. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  /** A fault whose line is not known yet. */
  public TemplateException(String message) {
    this(message, 0);
  }

  TemplateException(String message, int line) {
    super(message);
    this.line = line;
  }

  /** A value that has no text of its own, such as a function. */
  static TemplateException unprintable(Object value) {
    return new TemplateException(
        "a value of type %s cannot be printed here".formatted(Python.type(value)));
  }

  /** The template's line, counted from 1. */
  public int line() {
    return line;
  }

  /** The same fault at this line, unless an inner part of the template has named its own. */
  TemplateException at(int outer) {
    return line > 0 ? this : new TemplateException(getMessage(), outer);
  }
}
