package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
  private static final List<Integer> PLENTY = List.of(99, 99, 99);

  @Test
  void sharesAreInProportionAndTheLargestRemaindersGetWhatIsLeft() {
    // Exact shares 4.74, 2.89 and 2.37.
    assertArrayEquals(new int[] {5, 3, 2}, Shares.of(10, List.of(18, 11, 9), PLENTY));
    // Exact shares 3.33 each: the first gets the tenth.
    assertArrayEquals(new int[] {4, 3, 3}, Shares.of(10, List.of(5, 5, 5), PLENTY));
  }

  @Test
  void theSmallestTaskGetsTwoAndNoneMoreThanItCanTake() {
    // Exact shares 9.8, 0.1 and 0.1.
    assertArrayEquals(new int[] {6, 2, 2}, Shares.of(10, List.of(980, 10, 10), PLENTY));
    assertArrayEquals(new int[] {3, 4, 3}, Shares.of(10, List.of(900, 60, 40), List.of(3, 9, 9)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyItemIsSharedOutWithinOneOfTheExactShare(long seed) {
    Random random = new Random(seed);
    List<Integer> sizes = random.ints(2 + random.nextInt(9), 60, 300).boxed().toList();
    int all = sizes.stream().mapToInt(Integer::intValue).sum();
    int number = all / 4 + random.nextInt(all / 4);
    int[] shares = Shares.of(number, sizes, sizes);
    assertEquals(number, Arrays.stream(shares).sum());
    assertTrue(
        IntStream.range(0, shares.length)
            .allMatch(i -> Math.abs(shares[i] - (double) number * sizes.get(i) / all) < 1));
  }
}
