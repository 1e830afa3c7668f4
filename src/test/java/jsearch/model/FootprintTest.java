package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jsearch.document.Document;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static final long GB = 1_000_000_000;

  /** Of the shape of Mistral 7B. */
  private static DecoderConfig config(String more) {
    return DecoderConfig.of(
        Document.json(
            "config.json",
            """
            {"vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 14336,
             "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
             "rms_norm_eps": 1e-5, "max_position_embeddings": 32768, %s}
            """
                .formatted(more)));
  }

  private static Footprint llama(int width, int parallel) {
    return new Footprint(config("\"model_type\": \"llama\""), width, parallel);
  }

  @Test
  void aBatchTakesAtLeastItsWidestActivationsAndItsCache() {
    // Four numbers of the MLP's width, and keys and values of 32 layers for 4 positions, a token.
    double least = 1024.0 * 2 * (4 * 14336 + 4 * 32 * 2 * 1024);
    double bytes = llama(2, 1).bytes(1024);
    assertTrue(bytes > least && bytes < 4 * least, bytes + " against " + least);
  }

  @Test
  void widerNumbersMoreTokensAndBatchesSideBySideTakeMore() {
    double bytes = llama(2, 1).bytes(1024);
    assertTrue(llama(4, 1).bytes(1024) > bytes);
    assertTrue(llama(2, 1).bytes(2048) > bytes);
    assertEquals(2 * bytes, llama(2, 2).bytes(1024), 1);
  }

  @Test
  void softCapsTakeTheScoresOfAllHeads() {
    String gemma = "\"model_type\": \"gemma2\", \"head_dim\": 128, \"sliding_window\": 4096";
    double capped = new Footprint(config(gemma), 2, 1).bytes(1024);
    assertTrue(capped - llama(2, 1).bytes(1024) >= 1024.0 * 1024 * 32 * 4);
  }

  @Test
  void theLimitIsTheLargestThatHalfOfTheRoomHolds() {
    Footprint footprint = llama(2, 1);
    assertEquals(1024, footprint.tokens(64 * GB, 1024));
    int tokens = footprint.tokens(16 * GB, 16_384);
    assertTrue(footprint.bytes(tokens) <= 8.0 * GB, "tokens: " + tokens);
    assertTrue(footprint.bytes(2 * tokens) > 8.0 * GB, "tokens: " + tokens);
    assertEquals(256, footprint.tokens(0, 1024));
  }
}
