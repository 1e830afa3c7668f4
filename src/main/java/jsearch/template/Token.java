package jsearch.template;

/**
 * A piece of a template.
 *
 * @param text as it stands; of a string what it means
 * @param line where it begins, counted from 1
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    /** Text outside tags. */
    DATA,
    BLOCK_BEGIN,
    BLOCK_END,
    PRINT_BEGIN,
    PRINT_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    /** The template's end. */
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** For messages. */
  String shown() {
    return switch (kind) {
      case DATA -> "text";
      case BLOCK_BEGIN, BLOCK_END, PRINT_BEGIN, PRINT_END -> "'%s'".formatted(text);
      case END -> "the end of the template";
      default -> "'%s'".formatted(text);
    };
  }
}
