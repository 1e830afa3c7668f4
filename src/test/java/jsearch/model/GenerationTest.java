package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jsearch.checkpoint.DType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against transformers' greedy tokens, by llama_golden/golden.json. */
class GenerationTest {
  private static final int ALL = 24;

  private static GoldenLlama golden;
  private static Decoder endless;

  @BeforeAll
  static void open() {
    golden = new GoldenLlama();
    endless = golden.decoder(DType.F32);
  }

  @AfterAll
  static void close() {
    endless.close();
    golden.close();
  }

  private static Prompt prompt(int row, int room, String... stops) {
    return new Prompt(GoldenLlama.ROWS.get(row), room, List.of(stops));
  }

  /** The first tokens that transformers writes after a row. */
  private static String written(int row, int count) {
    return GoldenLlama.text(GoldenLlama.GREEDY.get(row).subList(0, count));
  }

  @Test
  void promptsOfDifferentLengthsGoOnAsInTransformers() {
    List<Prompt> prompts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int r = 0; r < GoldenLlama.ROWS.size(); r++) {
      prompts.add(prompt(r, ALL));
      expected.add(written(r, ALL));
    }
    Supplier<List<String>> job = endless.generation(prompts);
    assertEquals(expected, job.get());
    assertEquals(expected, job.get());
    for (int r = 0; r < prompts.size(); r++) {
      assertEquals(expected.subList(r, r + 1), endless.generation(prompts.subList(r, r + 1)).get());
    }
  }

  @Test
  void inSmallerBatchesThePreparedPromptsGoOnAsBefore() {
    List<Prompt> prompts = List.of(prompt(0, ALL), prompt(1, ALL), prompt(2, 5), prompt(3, ALL));
    List<String> expected =
        List.of(written(0, ALL), written(1, ALL), written(2, 5), written(3, ALL));
    try (Decoder decoder = golden.decoder(DType.F32)) {
      Supplier<List<String>> job = decoder.generation(prompts);
      assertEquals(expected, job.get());
      decoder.limitBatches(1);
      assertEquals(expected, job.get());
    }
  }

  @Test
  void eachRowStopsWhereItsOwnRoomEnds() {
    List<Prompt> prompts =
        List.of(prompt(4, 1), prompt(3, 2), prompt(2, 17), prompt(1, 5), prompt(0, ALL));
    List<String> expected =
        List.of(written(4, 1), written(3, 2), written(2, 17), written(1, 5), written(0, ALL));
    assertEquals(expected, endless.generation(prompts).get());
  }

  @Test
  void eachRowIsCutBeforeItsOwnFirstStop() {
    // Row 1 writes 22 60 62 13 19 22 60 48 13 21 ...; row 0 writes 25 0 46 25 0 21 34 34 34 55 ...
    List<Prompt> prompts =
        List.of(
            prompt(1, ALL, GoldenLlama.text(List.of(60, 48))),
            prompt(1, ALL, GoldenLlama.text(List.of(60, 48)), GoldenLlama.text(List.of(62))),
            prompt(1, ALL, GoldenLlama.text(List.of(22))),
            prompt(0, ALL, GoldenLlama.text(List.of(34, 34, 55))),
            prompt(0, 3, GoldenLlama.text(List.of(25, 0, 21))),
            prompt(0, ALL, "~"));
    List<String> expected =
        List.of(written(1, 6), written(1, 2), "", written(0, 7), written(0, 3), written(0, ALL));
    assertEquals(expected, endless.generation(prompts).get());
  }

  @Test
  void everyEndOfSequenceEndsARowAndIsNotWritten() {
    // Row 0 writes 46 third, row 1 writes 13 fourth, row 2 writes 13 seventh, row 3 neither.
    List<Prompt> prompts = List.of(prompt(0, ALL), prompt(1, ALL), prompt(2, ALL), prompt(3, ALL));
    List<String> expected = List.of(written(0, 2), written(1, 3), written(2, 6), written(3, ALL));
    try (Decoder decoder = golden.decoder(DType.F32, 46, 13)) {
      assertEquals(expected, decoder.generation(prompts).get());
    }
    assertEquals(written(0, ALL), endless.generation(prompts).get().get(0));
  }

  @Test
  void aRowThatEndsAtOnceIsEmpty() {
    try (Decoder decoder = golden.decoder(DType.F32, 15)) {
      assertEquals(List.of(""), decoder.generation(List.of(prompt(4, ALL))).get());
    }
  }

  @Test
  void morePromptsThanABatchHoldsKeepTheirOrder() {
    List<Prompt> prompts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    int most = TinyModel.TOKENS / Batch.weight(prompt(0, 4));
    for (int i = 0; i < most + 10; i++) {
      prompts.add(prompt(i % 5, 1 + i % 4));
      expected.add(written(i % 5, 1 + i % 4));
    }
    assertEquals(expected, endless.generation(prompts).get());
  }

  @Test
  void aPromptWithoutTokensRoomOrWithAnEmptyStopIsRefused() {
    List<Integer> one = List.of(1);
    assertThrows(IllegalArgumentException.class, () -> new Prompt(List.of(), 1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Prompt(one, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Prompt(one, 1, List.of("a", "")));
    assertThrows(IllegalArgumentException.class, () -> new Continuation(one, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Continuation(List.of(), one));
  }

  @Test
  void nothingAskedGivesNothing() {
    assertEquals(List.of(), endless.generation(List.of()).get());
  }
}
