package jsearch.model;

import jsearch.torch.Torch;

/**
 * An estimate of the memory that a batch takes beside the weights.
 *
 * @param config whose decoder
 * @param width bytes of a number of the format that is computed in
 * @param parallel batches that run side by side
 */
record Footprint(DecoderConfig config, int width, int parallel) {
  /**
   * Larger batches gain nothing: see results/README.md for the CPU; on a GPU it is not measured.
   */
  private static final int MOST_ON_CPU = 1024;

  private static final int MOST_ON_GPU = 16_384;

  /** Smaller ones lose more than they save; what does not fit then is split when it is run. */
  private static final int LEAST = 256;

  /** Of what is free: allocators waste some, and other programs take some meanwhile. */
  private static final double SHARE = 0.5;

  /** The largest power of two of tokens that the device has room for at this moment. */
  int tokens(Torch torch) {
    boolean cpu = torch.device().equals("cpu");
    return tokens(torch.freeMemory(), cpu ? MOST_ON_CPU : MOST_ON_GPU);
  }

  /** The same for so many free bytes, at most so many tokens. */
  int tokens(long free, int most) {
    int tokens = most;
    while (tokens > LEAST && bytes(tokens) > SHARE * free) {
      tokens /= 2;
    }
    return tokens;
  }

  /** Bytes of batches of so many tokens, all that run side by side. */
  double bytes(int tokens) {
    Sizes sizes = config.sizes();
    // Residual, normed twice in float32; queries, keys and values before and after rotation.
    double attention = sizes.hidden() * (width + 2.0 * Float.BYTES);
    attention += 4.0 * width * (sizes.queries() + 2.0 * sizes.keys());
    // Gate, up, activation and product.
    double mlp = sizes.hidden() * 2.0 * width + 4.0 * width * sizes.intermediate();
    double cache = 2.0 * Batch.CACHE_FACTOR * sizes.layers() * 2.0 * width * sizes.keys();
    // A mask, and scores where they are not fused into the attention.
    double row = Math.min(tokens, sizes.context());
    double pairs = 2.0 * Float.BYTES;
    if (config.isCapped()) {
      pairs += sizes.heads() * 4.0 * Float.BYTES;
    }
    double logits = 3.0 * Float.BYTES * ScoringBatch.LOGITS;
    return parallel * (tokens * (Math.max(attention, mlp) + cache + row * pairs) + logits);
  }
}
