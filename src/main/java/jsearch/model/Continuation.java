package jsearch.model;

import java.util.List;

/**
 * Text to be scored: how likely is {@code continuation} after {@code context}?
 *
 * @param context token ids, at least one (BOS or EOS stands for an empty context)
 * @param continuation token ids, at least one
 */
public record Continuation(List<Integer> context, List<Integer> continuation) {
  public Continuation {
    context = List.copyOf(context);
    continuation = List.copyOf(continuation);
    if (context.isEmpty() || continuation.isEmpty()) {
      throw new IllegalArgumentException("context and continuation need at least one token each");
    }
  }
}
