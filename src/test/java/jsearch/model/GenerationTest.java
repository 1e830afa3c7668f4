package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import jsearch.checkpoint.DType;
import jsearch.model.Generated.End;
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

  private static List<String> texts(Supplier<List<Generated>> job) {
    return job.get().stream().map(Generated::text).toList();
  }

  @Test
  void promptsOfDifferentLengthsGoOnAsInTransformers() {
    List<Prompt> prompts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int r = 0; r < GoldenLlama.ROWS.size(); r++) {
      prompts.add(prompt(r, ALL));
      expected.add(written(r, ALL));
    }
    Supplier<List<Generated>> job = endless.generation(prompts);
    assertEquals(expected, texts(job));
    assertEquals(expected, texts(job));
    for (int r = 0; r < prompts.size(); r++) {
      assertEquals(
          expected.subList(r, r + 1), texts(endless.generation(prompts.subList(r, r + 1))));
    }
  }

  @Test
  void inSmallerBatchesThePreparedPromptsGoOnAsBefore() {
    List<Prompt> prompts = List.of(prompt(0, ALL), prompt(1, ALL), prompt(2, 5), prompt(3, ALL));
    List<String> expected =
        List.of(written(0, ALL), written(1, ALL), written(2, 5), written(3, ALL));
    try (Decoder decoder = golden.decoder(DType.F32)) {
      Supplier<List<Generated>> job = decoder.generation(prompts);
      assertEquals(expected, texts(job));
      decoder.limitBatches(1);
      assertEquals(expected, texts(job));
    }
  }

  @Test
  void eachRowStopsWhereItsOwnRoomEnds() {
    List<Prompt> prompts =
        List.of(prompt(4, 1), prompt(3, 2), prompt(2, 17), prompt(1, 5), prompt(0, ALL));
    List<String> expected =
        List.of(written(4, 1), written(3, 2), written(2, 17), written(1, 5), written(0, ALL));
    assertEquals(expected, texts(endless.generation(prompts)));
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
    assertEquals(expected, texts(endless.generation(prompts)));
  }

  @Test
  void everyEndOfSequenceEndsARowAndIsNotWritten() {
    // Row 0 writes 46 third, row 1 writes 13 fourth, row 2 writes 13 seventh, row 3 neither.
    List<Prompt> prompts = List.of(prompt(0, ALL), prompt(1, ALL), prompt(2, ALL), prompt(3, ALL));
    List<String> expected = List.of(written(0, 2), written(1, 3), written(2, 6), written(3, ALL));
    try (Decoder decoder = golden.decoder(DType.F32, 46, 13)) {
      assertEquals(expected, texts(decoder.generation(prompts)));
    }
    assertEquals(written(0, ALL), texts(endless.generation(prompts)).get(0));
  }

  @Test
  void aRowThatEndsAtOnceIsEmpty() {
    try (Decoder decoder = golden.decoder(DType.F32, 15)) {
      assertEquals(List.of(""), texts(decoder.generation(List.of(prompt(4, ALL)))));
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
    assertEquals(expected, texts(endless.generation(prompts)));
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
  void anAnswerKnowsWhatItCostAndWhyItEnded() {
    // Row 0 writes 25 0 46 ..., row 1 writes 22 60 62 13 19 22 60 48 13 21 ...
    List<Prompt> prompts =
        List.of(
            prompt(0, ALL),
            prompt(1, 3),
            prompt(1, ALL, GoldenLlama.text(List.of(60, 48))),
            prompt(1, 8, GoldenLlama.text(List.of(60, 48))),
            prompt(1, ALL, GoldenLlama.text(List.of(22))));
    List<Generated> expected =
        List.of(
            new Generated(written(0, 2), read(0), 3, End.END_OF_SEQUENCE),
            new Generated(written(1, 3), read(1), 3, End.LENGTH),
            new Generated(written(1, 6), read(1), 8, End.STOP),
            new Generated(written(1, 6), read(1), 8, End.STOP),
            new Generated("", read(1), 1, End.STOP));
    try (Decoder decoder = golden.decoder(DType.F32, 46)) {
      assertEquals(expected, decoder.generation(prompts).get());
    }
  }

  private static int read(int row) {
    return GoldenLlama.ROWS.get(row).size();
  }

  @Test
  void tokensWithoutTextAreCountedToo() {
    // A tokenizer to which all tokens are special: nothing is visible of what is written.
    Tokenizer silent =
        new Tokenizer() {
          @Override
          public List<Integer> encode(String text, boolean special) {
            return List.of();
          }

          @Override
          public String decode(List<Integer> ids) {
            return "";
          }

          @Override
          public OptionalInt bos() {
            return OptionalInt.empty();
          }

          @Override
          public List<Integer> eos() {
            return List.of(9);
          }
        };
    Draft draft = new Draft(0, new Prompt(List.of(1, 2), 50, List.of()), silent);
    draft.append(new long[] {4}, 0, 1);
    draft.append(new long[] {4, 5, 6, 9, 5}, 1, 4);
    assertEquals(new Generated("", 2, 4, End.END_OF_SEQUENCE), draft.generated());
  }

  @Test
  void nothingAskedGivesNothing() {
    assertEquals(List.of(), texts(endless.generation(List.of())));
  }
}
