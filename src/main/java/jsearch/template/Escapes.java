package jsearch.template;

/** Backslash escapes in a template's strings, as Python's {@code unicode-escape} reads them. */
final class Escapes {
  private static final String PLAIN = "\\'\"abfnrtv";
  private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

  private Escapes() {}

  /** What the text between a string's quotes means. */
  static String meaning(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      int plain = PLAIN.indexOf(escaped);
      int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
      if (plain >= 0) {
        out.append(MEANT.charAt(plain));
      } else if (digits > 0) {
        out.appendCodePoint(hex(text, i + 1, digits));
        i += digits;
      } else if (escaped == 'N' || (escaped >= '0' && escaped <= '7')) {
        throw new TemplateException("the escape \\%c is not supported here".formatted(escaped));
      } else if (escaped != '\n') {
        out.append(c).append(escaped);
      }
    }
    return out.toString();
  }

  private static int hex(String text, int start, int digits) {
    String number = text.substring(start, Math.min(text.length(), start + digits));
    if (number.length() < digits || !number.matches("[0-9a-fA-F]+")) {
      throw new TemplateException("an escape has '%s' for its digits".formatted(number));
    }
    int point = Integer.parseUnsignedInt(number, 16);
    if (!Character.isValidCodePoint(point) || (point >= 0xd800 && point < 0xe000)) {
      throw new TemplateException("the escape of %s is no character".formatted(number));
    }
    return point;
  }
}
