package jsearch.cli;

import java.io.PrintWriter;

/** The last line of the terminal, rewritten while long work runs; silent elsewhere. */
final class StatusLine {
  private final PrintWriter err;
  private final boolean terminal = Boolean.getBoolean("jsearch.terminal");

  StatusLine(PrintWriter err) {
    this.err = err;
  }

  /** Prints a line that stays. */
  void tell(String line) {
    show("");
    err.println(line);
  }

  /** Prints a warning that stays. */
  void warn(String warning) {
    tell("Warning: " + warning);
  }

  /** Shows this text in place of the last; an empty one clears the line. */
  void show(String text) {
    if (terminal) {
      err.print(MessageWriter.CLEAR + text);
      err.flush();
    }
  }
}
