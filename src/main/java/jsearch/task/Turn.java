package jsearch.task;

/**
 * One turn of a prompt.
 *
 * @param content what is said
 * @param delimiter what follows it where turns are plain text; a chat template has its own
 */
public record Turn(Role role, String content, String delimiter) {
  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  /** The turn as plain text. */
  String text() {
    return content + delimiter;
  }
}
