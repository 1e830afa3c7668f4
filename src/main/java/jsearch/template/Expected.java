package jsearch.template;

/** Values that must be of one type, or are refused by the type that was found. */
final class Expected {
  private Expected() {}

  static String text(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(value, what, "str");
  }

  static int whole(Object value, String what) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    throw wrong(value, what, "int");
  }

  static TemplateException wrong(Object value, String what, String type) {
    if (value instanceof Undefined undefined) {
      return undefined.fault();
    }
    return new TemplateException(
        "%s is of type %s, expected %s".formatted(what, Python.type(value), type));
  }
}
