package jsearch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jsearch.model.Generated.End;

/** An answer being written: ends at EOS, at a stop text or when its room is used up. */
final class Draft {
  private final int item;
  private final Prompt prompt;
  private final Tokenizer tokenizer;
  private final List<Integer> ids = new ArrayList<>();
  private Optional<End> end = Optional.empty();
  private String text = "";
  private int tokens;

  Draft(int item, Prompt prompt, Tokenizer tokenizer) {
    this.item = item;
    this.prompt = prompt;
    this.tokenizer = tokenizer;
  }

  int item() {
    return item;
  }

  /** Takes a burst of {@code count} tokens; what comes after the end is ignored. */
  void append(long[] burst, int from, int count) {
    int before = ids.size();
    for (int i = from; i < from + count && end.isEmpty(); i++) {
      int token = (int) burst[i];
      tokens++;
      if (tokenizer.eos().contains(token)) {
        end = Optional.of(End.END_OF_SEQUENCE);
      } else {
        ids.add(token);
        if (ids.size() == prompt.maxNewTokens()) {
          end = Optional.of(End.LENGTH);
        }
      }
    }
    // Decoded as a whole: tokens may be parts of letters, and a stop may span tokens.
    text = tokenizer.decode(ids);
    int stop = firstStop(text);
    if (stop >= 0) {
      text = text.substring(0, stop);
      tokens = tokensToStop(before);
      end = Optional.of(End.STOP);
    }
  }

  boolean ended() {
    return end.isPresent();
  }

  /** The answer, once it has ended. */
  Generated generated() {
    return new Generated(text, prompt.ids().size(), tokens, end.orElseThrow());
  }

  /** Tokens up to the one that completes a stop, which the first {@code before} do not. */
  private int tokensToStop(int before) {
    int without = before;
    int with = ids.size();
    while (with - without > 1) {
      int middle = (without + with) / 2;
      if (firstStop(tokenizer.decode(ids.subList(0, middle))) >= 0) {
        with = middle;
      } else {
        without = middle;
      }
    }
    return with;
  }

  private int firstStop(String decoded) {
    return prompt.stops().stream().mapToInt(decoded::indexOf).filter(i -> i >= 0).min().orElse(-1);
  }
}
