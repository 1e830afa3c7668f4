package jsearch.study;

/**
 * Trouble with a study on disk: in use, damaged, changed or already there; the message is for the
 * user.
 *
 * <p>The command line prints the message alone and exits with 3.
 */
public class StudyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StudyException(String message) {
    super(message);
  }

  public StudyException(String message, Throwable cause) {
    super(message, cause);
  }
}
