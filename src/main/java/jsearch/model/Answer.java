package jsearch.model;

import java.util.ArrayList;
import java.util.List;

/** An answer being written: ends at EOS, at a stop text or when its room is used up. */
final class Answer {
  private final int item;
  private final Prompt prompt;
  private final Tokenizer tokenizer;
  private final List<Integer> ids = new ArrayList<>();
  private boolean ended;
  private int lastToken;

  Answer(int item, Prompt prompt, Tokenizer tokenizer) {
    this.item = item;
    this.prompt = prompt;
    this.tokenizer = tokenizer;
  }

  int item() {
    return item;
  }

  int lastToken() {
    return lastToken;
  }

  /** Takes the next token; what comes after the end is ignored. */
  void append(int token) {
    lastToken = token;
    if (ended) {
      return;
    }
    if (tokenizer.eos().isPresent() && tokenizer.eos().getAsInt() == token) {
      ended = true;
      return;
    }
    ids.add(token);
    ended = ids.size() == prompt.maxNewTokens();
  }

  boolean ended() {
    ended = ended || firstStop(decoded()) >= 0;
    return ended;
  }

  /** The text up to the first stop. */
  String text() {
    String text = decoded();
    int stop = firstStop(text);
    return stop < 0 ? text : text.substring(0, stop);
  }

  private int firstStop(String text) {
    return prompt.stops().stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);
  }

  private String decoded() {
    return tokenizer.decode(ids);
  }
}
