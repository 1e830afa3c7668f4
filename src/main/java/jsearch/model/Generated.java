package jsearch.model;

/**
 * What a model wrote after a prompt.
 *
 * @param text without special tokens, up to the first stop
 * @param promptTokens number of tokens read
 * @param tokens number of tokens written: those that no text shows and the one that ended it too
 * @param end why it wrote no more
 */
public record Generated(String text, int promptTokens, int tokens, End end) {
  /** What ends an answer. */
  public enum End {
    /** A token that ends a sequence. */
    END_OF_SEQUENCE,
    /** One of the prompt's stops. */
    STOP,
    /** As many tokens as there was room for. */
    LENGTH
  }
}
