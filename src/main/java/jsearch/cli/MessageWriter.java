package jsearch.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/**
 * Standard error as a person reads it: messages in colour by their first word, wrapped.
 *
 * <p>Whole lines alone are touched. A line that is begun and flushed, as the one at the bottom of a
 * terminal that is rewritten, goes through as it is.
 */
final class MessageWriter extends Writer {
  /** What clears the line at the bottom, before something else is shown there. */
  static final String CLEAR = "\r\u001b[K";

  private static final Map<String, String> STYLES =
      Map.of("jsearch:", "bold,fg(red)", "Warning:", "fg(yellow)");

  private final Writer out;
  private final Surface surface;
  private final StringBuilder line = new StringBuilder();
  private boolean begun;

  MessageWriter(Writer out, Surface surface) {
    this.out = out;
    this.surface = surface;
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      line.append(text[i]);
      if (text[i] == '\n') {
        end();
      }
    }
  }

  private void end() throws IOException {
    String text = line.toString();
    boolean raw = begun || text.startsWith(" ") || text.startsWith("\t") || text.contains("\u001b");
    out.write(raw ? text : dressed(text.stripTrailing()) + "\n");
    line.setLength(0);
    begun = false;
  }

  private String dressed(String message) {
    String wrapped = surface.wrapped(message);
    String first = wrapped.substring(0, wrapped.indexOf(' ') + 1).strip();
    return STYLES.containsKey(first)
        ? surface.styled(STYLES.get(first), first) + wrapped.substring(first.length())
        : wrapped;
  }

  @Override
  public void flush() throws IOException {
    if (!line.isEmpty()) {
      begun = !line.toString().endsWith(CLEAR);
      out.write(line.toString());
      line.setLength(0);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }
}
