package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import jsearch.torch.OutOfDeviceMemoryException;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final List<List<Integer>> ROWS = List.of(List.of(7), List.of(1, 2, 3));

  @Test
  void paddingStandsOnTheSideAsked() {
    assertArrayEquals(new long[] {7, 0, 0, 1, 2, 3}, Batch.right(ROWS).ids());
    assertArrayEquals(new long[] {0, 0, 7, 1, 2, 3}, Batch.left(ROWS).ids());
    assertArrayEquals(new int[] {2, 0}, Batch.left(ROWS).pads());
    assertEquals(3, Batch.left(ROWS).length());
  }

  @Test
  void realCellsAreThoseThatHoldTokens() {
    assertArrayEquals(new long[] {0, 3, 4, 5}, Batch.right(ROWS).realCells());
    assertArrayEquals(new long[] {2, 3, 4, 5}, Batch.left(ROWS).realCells());
  }

  @Test
  void everyItemIsInOneGroupThatFitsWhenPadded() {
    Random random = new Random(11);
    int[] lengths = random.ints(500, 1, 300).toArray();
    lengths[17] = 3 * TinyModel.TOKENS;
    List<Integer> seen = new ArrayList<>();
    for (List<Integer> group : Batch.groups(lengths.length, TinyModel.TOKENS, i -> lengths[i])) {
      int longest = group.stream().mapToInt(i -> lengths[i]).max().orElseThrow();
      assertTrue(group.size() == 1 || group.size() * longest <= TinyModel.TOKENS);
      seen.addAll(group);
    }
    Collections.sort(seen);
    assertEquals(IntStream.range(0, lengths.length).boxed().toList(), seen);
  }

  @Test
  void whatDoesNotFitIsHalvedUntilItDoes() throws ReflectiveOperationException {
    OutOfDeviceMemoryException full = full();
    List<Integer> done = new ArrayList<>();
    work(IntStream.range(0, 11).boxed().toList(), 3, full, done);
    assertEquals(IntStream.range(0, 11).boxed().toList(), done);
    assertSame(
        full,
        assertThrows(OutOfDeviceMemoryException.class, () -> work(List.of(1, 2), 0, full, done)));
  }

  private static void work(
      List<Integer> items, int fit, OutOfDeviceMemoryException full, List<Integer> done) {
    if (items.size() > fit) {
      Batch.inHalves(items, full, half -> work(half, fit, full, done));
    } else {
      done.addAll(items);
    }
  }

  /** Only the engine makes these. */
  private static OutOfDeviceMemoryException full() throws ReflectiveOperationException {
    Constructor<OutOfDeviceMemoryException> maker =
        OutOfDeviceMemoryException.class.getDeclaredConstructor(String.class, Throwable.class);
    maker.setAccessible(true);
    return maker.newInstance("out of memory", null);
  }

  @Test
  void aPromptWeighsItsTokensOrAQuarterOfItsCache() {
    assertEquals(200, Batch.weight(new Prompt(Collections.nCopies(200, 1), 40, List.of())));
    assertEquals(75, Batch.weight(new Prompt(Collections.nCopies(50, 1), 250, List.of())));
    assertEquals(16, Batch.weight(new Prompt(List.of(1), 1, List.of())));
  }
}
