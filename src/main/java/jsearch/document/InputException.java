package jsearch.document;

/**
 * A fault of the user's: the message is for the user and names file, value found and expected.
 *
 * <p>The command line prints the message alone and exits with 2.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
