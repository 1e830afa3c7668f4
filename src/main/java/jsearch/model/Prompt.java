package jsearch.model;

import java.util.List;

/**
 * A prompt to be continued greedily.
 *
 * @param ids token ids, at least one
 * @param maxNewTokens the most tokens to write, at least one
 * @param stops texts, none empty, that end the answer; the answer is cut before the first of them
 */
public record Prompt(List<Integer> ids, int maxNewTokens, List<String> stops) {
  public Prompt {
    ids = List.copyOf(ids);
    stops = List.copyOf(stops);
    if (ids.isEmpty() || maxNewTokens < 1) {
      throw new IllegalArgumentException("a prompt needs a token and room for an answer");
    }
    if (stops.contains("")) {
      throw new IllegalArgumentException("an empty stop would end every answer at once");
    }
  }
}
