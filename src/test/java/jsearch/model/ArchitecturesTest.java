package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every architecture against transformers, by architectures/NAME/golden.json. */
class ArchitecturesTest {
  /** Largest difference of logits in float32, relative to their spread. */
  private static final double CLOSE = 1e-5;

  /**
   * The same in bfloat16, where each version of libtorch rounds inside attention in its own way.
   */
  private static final double ROUNDED = 0.03;

  private static final int NEW_TOKENS = 64;

  private static Torch torch;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu");
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  static Stream<Path> directories() throws IOException {
    return TransformersGolden.directories();
  }

  private static double spread(List<double[]> logits) {
    return logits.stream().flatMapToDouble(Arrays::stream).max().orElseThrow()
        - logits.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  private static double difference(List<double[]> expected, float[][] actual) {
    assertEquals(expected.size(), actual.length);
    double most = 0;
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected.get(i).length, actual[i].length);
      for (int v = 0; v < actual[i].length; v++) {
        double off = Math.abs(expected.get(i)[v] - actual[i][v]);
        most = off <= most ? most : off; // a NaN stays
      }
    }
    return most;
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  @Test
  void everyArchitectureIsHere() throws IOException {
    Set<String> tested =
        directories()
            .map(d -> Document.json(d.resolve("config.json")).at("model_type").text())
            .collect(Collectors.toSet());
    assertEquals(Architecture.names(), tested);
  }

  @ParameterizedTest
  @MethodSource("directories")
  void logitsAreThoseOfTransformers(Path directory) {
    TransformersGolden golden = TransformersGolden.of(directory);
    try (TinyModel model = golden.model(torch);
        Decoder decoder = model.decoder(DType.F32)) {
      for (int r = 0; r < golden.rows().size(); r++) {
        List<double[]> expected = golden.logits().get(r);
        double off = difference(expected, decoder.logits(golden.rows().get(r))) / spread(expected);
        assertTrue(off <= CLOSE, "row %d is off by %s of the spread".formatted(r, off));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("directories")
  void inHalfPrecisionTheLikeliestTokensAreThoseOfTransformers(Path directory) {
    TransformersGolden golden = TransformersGolden.of(directory);
    int positions = 0;
    int agreed = 0;
    try (TinyModel model = golden.model(torch);
        Decoder decoder = model.decoder(DType.BF16)) {
      for (int r = 0; r < golden.rows().size(); r++) {
        float[][] logits = decoder.logits(golden.rows().get(r));
        for (int i = 0; i < logits.length; i++, positions++) {
          agreed += argMax(logits[i]) == golden.roundedBest().get(r).get(i) ? 1 : 0;
        }
      }
      List<double[]> expected = golden.roundedLogits();
      float[][] got = decoder.logits(golden.rows().get(1));
      double off = difference(expected, got) / spread(expected);
      assertTrue(off <= ROUNDED, "off by %s of the spread".formatted(off));
    }
    assertTrue(agreed >= 0.9 * positions, agreed + " of " + positions);
  }

  @ParameterizedTest
  @MethodSource("directories")
  void greedyTokensAreThoseOfTransformersWhenPaddedOnTheLeft(Path directory) {
    TransformersGolden golden = TransformersGolden.of(directory);
    List<Prompt> prompts =
        golden.rows().stream().map(row -> new Prompt(row, NEW_TOKENS, List.of())).toList();
    try (TinyModel model = golden.model(torch);
        Decoder decoder = model.decoder(DType.F32)) {
      assertEquals(
          golden.greedy().stream().map(TinyModel::text).toList(),
          decoder.generation(prompts).get().stream().map(Generated::text).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("directories")
  void scoresAreThoseOfTransformersWhenPaddedOnTheRight(Path directory) {
    TransformersGolden golden = TransformersGolden.of(directory);
    List<Continuation> asked = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    for (int r = 0; r < golden.rows().size(); r++) {
      List<Integer> row = new ArrayList<>(golden.rows().get(r));
      row.add(7); // so that all of the row is fed in, as it was for the golden logits
      asked.add(new Continuation(row.subList(0, 1), row.subList(1, row.size())));
      expected.add(
          TransformersGolden.logLikelihood(row.subList(1, row.size()), golden.logits().get(r)));
    }
    try (TinyModel model = golden.model(torch);
        Decoder decoder = model.decoder(DType.F32)) {
      List<Likelihood> together = decoder.scoring(asked).get();
      for (int r = 0; r < asked.size(); r++) {
        assertEquals(expected.get(r), together.get(r).logLikelihood(), 1e-3);
      }
    }
  }
}
