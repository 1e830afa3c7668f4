package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.torch.Arena;
import jsearch.torch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against transformers, by llama_golden/golden.json. */
class DecoderTest {
  /** Relative to the spread of the logits. */
  private static final double CLOSE = 1e-5;

  private static GoldenLlama golden;
  private static Decoder decoder;

  @BeforeAll
  static void open() {
    golden = new GoldenLlama();
    decoder = golden.decoder(DType.F32);
  }

  @AfterAll
  static void close() {
    decoder.close();
    golden.close();
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static double logSoftmax(double[] logits, int token) {
    double most = Arrays.stream(logits).max().orElseThrow();
    double sum = Arrays.stream(logits).map(l -> Math.exp(l - most)).sum();
    return logits[token] - most - Math.log(sum);
  }

  /** The likelihood of a row's tokens from {@code border} on, by the golden logits. */
  private static Likelihood expected(int row, int border) {
    List<Integer> ids = GoldenLlama.ROWS.get(row);
    double sum = 0;
    boolean greedy = true;
    for (int i = border; i < ids.size(); i++) {
      double[] logits = GoldenLlama.LOGITS.get(row).get(i - 1);
      sum += logSoftmax(logits, ids.get(i));
      greedy &= argMax(logits) == ids.get(i);
    }
    return new Likelihood(sum, greedy);
  }

  private static Continuation continuation(int row, int border) {
    List<Integer> ids = GoldenLlama.ROWS.get(row);
    return new Continuation(ids.subList(0, border), ids.subList(border, ids.size()));
  }

  @Test
  void logitsAreThoseOfTransformers() {
    for (int r = 0; r < GoldenLlama.ROWS.size(); r++) {
      float[][] actual = decoder.logits(GoldenLlama.ROWS.get(r));
      assertEquals(GoldenLlama.LOGITS.get(r).size(), actual.length);
      for (int i = 0; i < actual.length; i++) {
        double[] expected = GoldenLlama.LOGITS.get(r).get(i);
        double spread =
            Arrays.stream(expected).max().orElseThrow()
                - Arrays.stream(expected).min().orElseThrow();
        assertEquals(expected.length, actual[i].length);
        for (int v = 0; v < expected.length; v++) {
          assertEquals(expected[v], actual[i][v], CLOSE * spread, r + " " + i + " " + v);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "F16"})
  void halfPrecisionAgreesWithTransformersOnTheLikeliestToken(DType format) {
    int positions = 0;
    int agreed = 0;
    try (Decoder rounded = golden.decoder(format)) {
      for (int r = 0; r < GoldenLlama.ROWS.size(); r++) {
        float[][] logits = rounded.logits(GoldenLlama.ROWS.get(r));
        for (int i = 0; i < logits.length; i++) {
          double[] row = doubles(logits[i]);
          assertTrue(Arrays.stream(row).allMatch(Double::isFinite), r + " " + i);
          positions++;
          agreed += argMax(row) == argMax(GoldenLlama.LOGITS.get(r).get(i)) ? 1 : 0;
        }
      }
    }
    assertTrue(agreed >= 0.9 * positions, agreed + " of " + positions);
  }

  @Test
  void scoringIsTheLogSoftmaxOfTransformersInAnyBatch() {
    List<Continuation> asked = new ArrayList<>();
    List<Likelihood> expected = new ArrayList<>();
    for (int r = 1; r < GoldenLlama.ROWS.size(); r++) {
      for (int border = 1; border < GoldenLlama.ROWS.get(r).size(); border += 3) {
        asked.add(continuation(r, border));
        expected.add(expected(r, border));
      }
    }
    Supplier<List<Likelihood>> job = decoder.scoring(asked);
    job.get();
    List<Likelihood> actual = job.get();
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      Likelihood alone = decoder.scoring(asked.subList(i, i + 1)).get().get(0);
      assertEquals(expected.get(i).logLikelihood(), actual.get(i).logLikelihood(), 1e-4);
      assertEquals(expected.get(i).logLikelihood(), alone.logLikelihood(), 1e-4);
      assertEquals(expected.get(i).greedy(), actual.get(i).greedy());
    }
  }

  @Test
  void aContinuationIsGreedyUpToItsFirstUnlikelyToken() {
    List<Integer> row = GoldenLlama.ROWS.get(2);
    List<Integer> written = GoldenLlama.GREEDY.get(2);
    List<Integer> spoilt = new ArrayList<>(written.subList(0, 5));
    spoilt.set(4, (written.get(4) + 1) % 67);
    List<Likelihood> likelihoods =
        decoder
            .scoring(
                List.of(
                    new Continuation(row, written.subList(0, 4)),
                    new Continuation(row, written),
                    new Continuation(row, spoilt)))
            .get();
    assertEquals(List.of(true, true, false), likelihoods.stream().map(Likelihood::greedy).toList());
  }

  @Test
  void scoringNothingGivesNothing() {
    assertEquals(List.of(), decoder.scoring(List.of()).get());
  }

  @Test
  void moreContinuationsThanABatchHoldsKeepTheirOrder() {
    List<Continuation> asked = new ArrayList<>();
    int copies = 2 * TinyModel.TOKENS / GoldenLlama.ROWS.get(4).size();
    for (int i = 0; i < copies; i++) {
      asked.add(continuation(1 + i % 4, 1));
    }
    List<Likelihood> actual = decoder.scoring(asked).get();
    for (int i = 0; i < copies; i++) {
      assertEquals(
          expected(1 + i % 4, 1).logLikelihood(), actual.get(i).logLikelihood(), 1e-4, "" + i);
    }
  }

  @Test
  void aJobWhoseBatchesAreMadeSmallerScoresAsOneThatBeginsWithSmallOnes() {
    List<Continuation> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      asked.add(continuation(1 + i % 4, 1 + i % 2));
    }
    try (Decoder shrinking = golden.decoder(DType.F32);
        Decoder small = golden.decoder(DType.F32)) {
      Supplier<List<Likelihood>> job = shrinking.scoring(asked);
      List<Likelihood> before = job.get();
      assertEquals(TinyModel.TOKENS / 2, shrinking.shrink(TinyModel.TOKENS));
      assertEquals(TinyModel.TOKENS / 2, shrinking.batchTokens());
      // Another batch of the same layout found no memory either.
      shrinking.shrink(TinyModel.TOKENS);
      assertEquals(TinyModel.TOKENS / 2, shrinking.batchTokens());
      shrinking.limitBatches(24);
      small.limitBatches(24);
      assertEquals(small.scoring(asked).get(), job.get());
      shrinking.limitBatches(TinyModel.TOKENS);
      assertEquals(before, job.get());
    }
  }

  @Test
  void fewLogitsAtATimeGiveTheSameScores() {
    List<Integer> row = GoldenLlama.ROWS.get(4);
    int count = row.size() - 1;
    long[] cells = new long[count];
    Arrays.setAll(cells, i -> i);
    long[] targets = row.subList(1, row.size()).stream().mapToLong(Integer::longValue).toArray();
    try (Arena scope = golden.torch().arena()) {
      Tensor ids = scope.longs(row.stream().mapToLong(Integer::longValue).toArray(), 1, row.size());
      for (int most : new int[] {1, 67, 4 * 67 + 66, 1 << 26}) {
        Tensor found =
            decoder.score(
                scope,
                ids,
                List.of(),
                scope.longs(cells, count),
                scope.longs(targets, count, 1),
                most);
        assertEquals(List.of(2L, (long) count, 1L), found.shape());
        for (int i = 0; i < count; i++) {
          double[] logits = GoldenLlama.LOGITS.get(4).get(i);
          int target = row.get(i + 1);
          assertEquals(logSoftmax(logits, target), found.floats()[i], 1e-4);
          assertEquals(argMax(logits) == target ? 1 : 0, found.floats()[count + i]);
        }
      }
    }
  }

  @Test
  void hiddenStatesAreThoseOfTransformersInAnyBatch() {
    List<List<Integer>> rows = GoldenLlama.ROWS;
    int last = rows.stream().limit(4).mapToInt(List::size).sum() - 1;
    try (Arena scope = golden.torch().arena()) {
      List<Tensor> together = decoder.states(scope, rows);
      List<Tensor> alone = decoder.states(scope, rows.subList(3, 4));
      assertEquals(GoldenLlama.STATES.size(), together.size());
      for (int layer = 0; layer < together.size(); layer++) {
        double[] expected = GoldenLlama.STATES.get(layer);
        int width = expected.length;
        assertEquals(List.of(41L, (long) width), together.get(layer).shape());
        for (int d = 0; d < width; d++) {
          assertEquals(expected[d], together.get(layer).floats()[last * width + d], 1e-5);
          assertEquals(expected[d], alone.get(layer).floats()[11 * width + d], 1e-5);
        }
      }
    }
  }

  @Test
  void hiddenStatesOfMoreRowsThanABatchHoldsKeepTheirOrder() {
    List<List<Integer>> rows = new ArrayList<>();
    while (rows.size() < TinyModel.TOKENS / 5) {
      rows.addAll(GoldenLlama.ROWS);
    }
    try (Arena scope = golden.torch().arena()) {
      float[] states = decoder.states(scope, rows).get(1).floats();
      double[] expected = GoldenLlama.STATES.get(1);
      int last = 21; // of row 3, the fourth
      for (int copy = 0; copy < rows.size() / 5; copy++, last += 41) {
        for (int d = 0; d < expected.length; d++) {
          assertEquals(expected[d], states[last * expected.length + d], 1e-5);
        }
      }
    }
  }

  @Test
  void aTiedHeadIsTheEmbeddingWhateverHeadTheFileHolds() {
    Map<String, Tensor> weights = golden.weights(DType.F32);
    List<Integer> row = GoldenLlama.ROWS.get(3);
    try (Decoder model =
        new Decoder(
            golden.torch(),
            GoldenLlama.tiedConfig(),
            decoder.tokenizer(),
            weights,
            DType.F32,
            OptionalInt.of(TinyModel.TOKENS))) {
      float[] embedding = weights.get("model.embed_tokens.weight").floats();
      double[] state = GoldenLlama.STATES.get(2);
      float[] logits = model.logits(row)[row.size() - 1];
      for (int v = 0; v < logits.length; v++) {
        double expected = 0;
        for (int d = 0; d < state.length; d++) {
          expected += state[d] * embedding[v * state.length + d];
        }
        assertEquals(expected, logits[v], 1e-5);
      }
    }
  }

  @Test
  void whatIsWrittenIntoTheWeightsLaterIsRunLater() {
    Map<String, Tensor> weights = golden.weights(DType.F32);
    int scored = GoldenLlama.ROWS.get(2).size() - 3;
    try (Decoder model =
        new Decoder(
            golden.torch(),
            GoldenLlama.config(),
            decoder.tokenizer(),
            weights,
            DType.F32,
            OptionalInt.of(TinyModel.TOKENS))) {
      Supplier<List<Likelihood>> job = model.scoring(List.of(continuation(2, 3)));
      assertEquals(expected(2, 3).logLikelihood(), job.get().get(0).logLikelihood(), 1e-4);
      golden
          .torch()
          .program(DecoderTest.class, "zero")
          .effect("zero", weights.get("lm_head.weight"));
      assertEquals(-scored * Math.log(67), job.get().get(0).logLikelihood(), 1e-4);
    }
  }

  @Test
  void theContextLengthIsTheConfigs() {
    assertEquals(128, decoder.contextLength());
  }

  @Test
  void aMissingWeightIsNamed() {
    Map<String, Tensor> weights = golden.weights(DType.F32);
    weights.remove("model.layers.1.mlp.up_proj.weight");
    assertRefused(weights, "Tensor model.layers.1.mlp.up_proj.weight is missing, expected shape");
  }

  @Test
  void anUntiedHeadThatIsMissingIsNamed() {
    Map<String, Tensor> weights = golden.weights(DType.F32);
    weights.remove("lm_head.weight");
    assertRefused(weights, "Tensor lm_head.weight is missing, expected shape [67, 24] by ");
  }

  @Test
  void aWeightOfAnotherShapeIsNamedWithBothShapes() {
    Map<String, Tensor> weights = golden.weights(DType.F32);
    weights.put("model.layers.0.self_attn.q_proj.weight", weights.get("model.norm.weight"));
    assertRefused(
        weights,
        "Tensor model.layers.0.self_attn.q_proj.weight is [24], expected shape [60, 24] by ");
  }

  private static void assertRefused(Map<String, Tensor> weights, String begin) {
    InputException e =
        assertThrows(
            InputException.class,
            () ->
                new Decoder(
                    golden.torch(),
                    GoldenLlama.config(),
                    decoder.tokenizer(),
                    weights,
                    DType.F32,
                    OptionalInt.of(TinyModel.TOKENS)));
    assertTrue(e.getMessage().startsWith(begin), e.getMessage());
    assertTrue(e.getMessage().endsWith("config.json."), e.getMessage());
  }

  @Test
  void aTokenBeyondTheVocabularyIsRefusedBeforeAnythingRuns() {
    List<Integer> known = List.of(66);
    List<Integer> unknown = List.of(5, 67);
    List<Executable> calls =
        List.of(
            () -> decoder.scoring(List.of(new Continuation(unknown, known))),
            () -> decoder.scoring(List.of(new Continuation(known, unknown))),
            () -> decoder.generation(List.of(new Prompt(unknown, 1, List.of()))),
            () -> decoder.logits(unknown));
    for (Executable call : calls) {
      String message = assertThrows(InputException.class, call).getMessage();
      assertTrue(
          message.startsWith("The tokenizer gives token 67, expected one below 67"), message);
    }
  }
}
