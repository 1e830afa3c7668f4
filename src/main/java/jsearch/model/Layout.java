package jsearch.model;

import java.util.List;
import java.util.function.BiFunction;
import jsearch.torch.Arena;

/**
 * Batches on the device, laid out once and again only when the decoder's batches become smaller.
 *
 * @param <B> a batch
 */
final class Layout<B> {
  private final Decoder decoder;
  private final BiFunction<Arena, Integer, List<B>> maker;
  private Arena arena;
  private int tokens;
  private List<B> batches;

  /**
   * Lays out the first batches.
   *
   * @param maker makes batches of so many tokens at most, whose tensors belong to the arena
   */
  Layout(Decoder decoder, BiFunction<Arena, Integer, List<B>> maker) {
    this.decoder = decoder;
    this.maker = maker;
    layOut();
  }

  private void layOut() {
    arena = decoder.arena().nested();
    tokens = decoder.batchTokens();
    batches = maker.apply(arena, tokens);
  }

  /** The batches as they are to be now. */
  List<B> batches() {
    if (tokens != decoder.batchTokens()) {
      arena.close();
      layOut();
    }
    return batches;
  }
}
