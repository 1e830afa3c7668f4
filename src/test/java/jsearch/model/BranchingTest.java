package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shared contexts against rows apart, and against transformers by architectures/NAME/golden.json.
 */
class BranchingTest {
  private static final int MOST = 1024;
  private static final int VOCABULARY = 59;
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

  private static Continuation after(List<Integer> context, Integer... tokens) {
    return new Continuation(context, List.of(tokens));
  }

  private static List<Integer> random(Random random, int length) {
    return random.ints(length, 0, VOCABULARY).boxed().toList();
  }

  /** What follows the border, and one token more so that all of the row is fed in. */
  private static List<Integer> rest(List<Integer> row, int border) {
    List<Integer> rest = new ArrayList<>(row.subList(border, row.size()));
    rest.add(7);
    return rest;
  }

  /** Each row of the golden file with eleven ragged rivals, of one token and more. */
  private static List<Continuation> rivals(List<Integer> row, int border) {
    Random random = new Random(border);
    List<Integer> context = row.subList(0, border);
    List<Continuation> all = new ArrayList<>();
    all.add(new Continuation(context, rest(row, border)));
    for (int i = 0; i < 11; i++) {
      all.add(
          new Continuation(context, random(random, 1 + random.nextInt(row.size() - border + 1))));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("directories")
  void aSharedContextGivesTheScoresOfTransformersAndOfRowsApart(Path directory) {
    TransformersGolden golden = TransformersGolden.of(directory);
    try (TinyModel model = golden.model(torch);
        Decoder decoder = model.decoder(DType.F32)) {
      for (int r = 0; r < golden.rows().size(); r++) {
        List<Integer> row = golden.rows().get(r);
        List<double[]> logits = golden.logits().get(r);
        int border = 1 + row.size() / 2;
        List<Continuation> asked = rivals(row, border);
        List<Likelihood> shared = decoder.scoring(asked).get();
        assertEquals(
            TransformersGolden.logLikelihood(
                rest(row, border), logits.subList(border - 1, row.size())),
            shared.get(0).logLikelihood(),
            1e-3);
        for (int i = 0; i < asked.size(); i++) {
          Likelihood alone = decoder.scoring(asked.subList(i, i + 1)).get().get(0);
          assertEquals(alone.logLikelihood(), shared.get(i).logLikelihood(), 1e-4);
          assertEquals(alone.greedy(), shared.get(i).greedy());
        }
      }
    }
  }

  @Test
  void continuationsOfOneTokenAndThoseThatDifferInTheLastCostNothing() {
    List<Integer> context = List.of(5, 6, 7);
    List<Branching> rows =
        Branching.of(
            List.of(
                after(context, 1), after(context, 2), after(context, 3, 4), after(context, 3, 8)),
            MOST,
            0);
    assertEquals(1, rows.size());
    assertEquals(List.of(5, 6, 7, 3), rows.get(0).ids());
    assertEquals(false, rows.get(0).isBranched());
    assertArrayEquals(new int[] {2, 3}, rows.get(0).cells(after(context, 3, 8)));
    assertArrayEquals(new int[] {2}, rows.get(0).cells(after(context, 2)));
  }

  @Test
  void branchesGoOnFromTheContextsEnd() {
    List<Integer> context = List.of(5, 6, 7);
    List<Branching> rows =
        Branching.of(List.of(after(context, 1, 2, 0), after(context, 3, 0)), MOST, 0);
    assertEquals(1, rows.size());
    assertEquals(List.of(5, 6, 7, 1, 2, 3), rows.get(0).ids());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 3}, rows.get(0).positions());
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 2}, rows.get(0).numbers());
    assertArrayEquals(new int[] {2, 5}, rows.get(0).cells(after(context, 3, 0)));
  }

  @Test
  void textsLongerThanTheFrequenciesReachAndShortContextsStandApart() {
    Random random = new Random(5);
    List<Integer> context = random(random, 40);
    List<Continuation> asked =
        List.of(
            new Continuation(context, random(random, 20)),
            new Continuation(context, random(random, 21)));
    assertEquals(1, Branching.of(asked, MOST, 0).size());
    assertEquals(1, Branching.of(asked, MOST, 60).size());
    assertEquals(2, Branching.of(asked, MOST, 59).size());
    List<Integer> start = List.of(1);
    List<Continuation> texts =
        List.of(
            new Continuation(start, random(random, 20)),
            new Continuation(start, random(random, 21)));
    assertEquals(2, Branching.of(texts, MOST, 0).size());
  }

  @Test
  void moreBranchesThanARowHoldsAreInSeveralRowsAndKeepTheirOrder() {
    Random random = new Random(6);
    List<Continuation> asked = new ArrayList<>();
    List<List<Integer>> contexts = List.of(random(random, 90), random(random, 30));
    for (int i = 0; i < 300; i++) {
      asked.add(new Continuation(contexts.get(i % 2), random(random, 1 + random.nextInt(30))));
    }
    List<Branching> rows = Branching.of(asked, 256, 0);
    assertTrue(rows.size() > 10, "rows: " + rows.size());
    assertTrue(rows.stream().allMatch(row -> row.length() <= 256));
    assertEquals(
        IntStream.range(0, asked.size()).boxed().toList(),
        rows.stream().flatMap(row -> row.items().stream()).sorted().toList());
  }
}
