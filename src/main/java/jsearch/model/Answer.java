package jsearch.model;

import java.util.ArrayList;
import java.util.List;

/** An answer being written: ends at EOS, at a stop text or when its room is used up. */
final class Answer {
  private final int item;
  private final Prompt prompt;
  private final Tokenizer tokenizer;
  private final List<Integer> ids = new ArrayList<>();
  private String text = "";
  private boolean ended;

  Answer(int item, Prompt prompt, Tokenizer tokenizer) {
    this.item = item;
    this.prompt = prompt;
    this.tokenizer = tokenizer;
  }

  int item() {
    return item;
  }

  /** Takes a burst of {@code count} tokens; what comes after the end is ignored. */
  void append(long[] tokens, int from, int count) {
    for (int i = from; i < from + count && !ended; i++) {
      int token = (int) tokens[i];
      if (tokenizer.eos().contains(token)) {
        ended = true;
      } else {
        ids.add(token);
        ended = ids.size() == prompt.maxNewTokens();
      }
    }
    // Decoded as a whole: tokens may be parts of letters, and a stop may span tokens.
    String decoded = tokenizer.decode(ids);
    int stop = firstStop(decoded);
    ended |= stop >= 0;
    text = stop < 0 ? decoded : decoded.substring(0, stop);
  }

  boolean ended() {
    return ended;
  }

  /** The text up to the first stop. */
  String text() {
    return text;
  }

  private int firstStop(String decoded) {
    return prompt.stops().stream().mapToInt(decoded::indexOf).filter(i -> i >= 0).min().orElse(-1);
  }
}
