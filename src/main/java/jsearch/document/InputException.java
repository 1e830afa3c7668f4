package jsearch.document;

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

  /** Without its middle where it is too long: what was expected stands at the end. */
  private static String bounded(String message) {
    if (message.length() <= LONGEST) {
      return message;
    }
    String start = message.substring(0, LONGEST - END);
    return start + " ... " + message.substring(message.length() - END);
  }
}
