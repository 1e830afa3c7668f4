package jsearch.cli;

import java.util.OptionalInt;
import picocli.CommandLine.Help.Ansi;

/**
 * What one of the standard streams shows: colours or none, lines of some width or of any.
 *
 * @param width columns of the terminal; empty for a file or a pipe, where a message stays one line
 */
record Surface(OptionalInt width, boolean coloured) {
  private static final String HANGING = "  ";

  /** This text in a style of picocli's, such as "bold" or "fg(red)". */
  String styled(String style, String text) {
    return coloured ? Ansi.ON.string("@|%s %s|@".formatted(style, text)) : text;
  }

  /** A line, broken between words where it is too wide; the further lines hang. */
  String wrapped(String line) {
    if (width.isEmpty() || line.length() <= width.getAsInt()) {
      return line;
    }
    StringBuilder text = new StringBuilder();
    String rest = line;
    while (rest.length() > width.getAsInt()) {
      int end = rest.lastIndexOf(' ', width.getAsInt());
      if (end <= HANGING.length()) { // a word that is wider, such as a path, stays whole
        end = rest.indexOf(' ', width.getAsInt());
      }
      if (end < 0) {
        break;
      }
      text.append(rest, 0, end).append('\n');
      rest = HANGING + rest.substring(end + 1);
    }
    return text.append(rest).toString();
  }
}
