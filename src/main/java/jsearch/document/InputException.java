package jsearch.document;

import java.io.IOException;

/**
 * A fault of the user's: the message is for the user and names file, value found and expected.
 *
 * <p>The command line prints the message alone and exits with 2.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Characters of a message; a file may hold names and lists of any length. */
  private static final int LONGEST = 2000;

  private static final int END = 500;

  public InputException(String message) {
    super(bounded(message));
  }

  public InputException(String message, Throwable cause) {
    super(bounded(message), cause);
  }

  /** What was asked for cannot be read; the message says why in words. */
  public static InputException unreadable(Object what, IOException e) {
    return unusable(what, "read", e);
  }

  /** What was asked for cannot be written; the message says why in words. */
  public static InputException unwritable(Object what, IOException e) {
    return unusable(what, "written", e);
  }

  private static InputException unusable(Object what, String use, IOException e) {
    String place = Reason.otherFile(what, e).map(file -> " (%s)".formatted(file)).orElse("");
    return new InputException(
        "%s cannot be %s: %s%s.".formatted(what, use, Reason.of(e), place), e);
  }

  /** Without its middle where it is too long: what was expected stands at the end. */
  private static String bounded(String message) {
    if (message.length() <= LONGEST) {
      return message;
    }
    String start = message.substring(0, LONGEST - END);
    return start + " ... " + message.substring(message.length() - END);
  }
}
