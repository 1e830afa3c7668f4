package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaceTest {
  @Test
  void theMarginIsStudentsForASampleWithoutReplacement() {
    // 50 of 150 items, differences −1 on 9 and 1 on 1 of them: mean −0.16, standard error 0.0597.
    // With two looks t at 97.5% and 49 degrees is 2.0096 (SciPy 1.17.1), the sample 1 of 3 whole:
    // −0.16 + 2.0096 · 0.0597 · √(2/3) = −0.0621.
    PairedDifference worse = difference(50, 9, 1);
    assertEquals(-0.16, worse.estimate().mean(), 1e-15);
    assertTrue(new Race(3, 150).drops(worse));
    // Against 5 and 2: −0.06 + 2.0096 · 0.0528 · 0.8165 = 0.0266.
    assertFalse(new Race(3, 150).drops(difference(50, 5, 2)));
  }

  @Test
  void moreLooksNeedMoreEvidence() {
    // 9 lost, 3 won: mean −0.12, error 0.0679. Dropped where t · 0.8165 · 0.0679 is below 0.12, so
    // where t is below 2.166: 2.0096 for 2 looks, 2.5406 for 7 (SciPy 1.17.1).
    PairedDifference worse = difference(50, 9, 3);
    assertTrue(new Race(3, 150).drops(worse));
    assertFalse(new Race(8, 150).drops(worse));
  }

  @Test
  void theLastItemLeavesNothingToDrop() {
    assertFalse(new Race(2, 50).drops(difference(50, 50, 0)));
    assertTrue(new Race(2, 51).drops(difference(50, 50, 0)));
  }

  @Test
  void aBrokenDifferenceDropsNothing() {
    Estimate broken = new Estimate(Double.NaN, Double.NaN, Double.NaN, 50);
    assertFalse(new Race(3, 150).drops(new PairedDifference(broken, 0, 0)));
  }

  /**
   * Items in random order, on which the candidate loses as often as it wins: as good as the best.
   *
   * <p>Student's t is a little too sure where few items differ, so the rate may be somewhat above
   * 5%; 6.5% is three standard errors of 2000 runs above.
   */
  @ParameterizedTest
  @CsvSource({"180, 3, 10", "180, 3, 30", "400, 8, 40", "120, 2, 20"})
  void whatIsAsGoodAsTheBestIsSeldomDropped(int items, int blocks, int discordant) {
    Race race = new Race(blocks, items);
    Random random = new Random(items + discordant);
    int runs = 2000;
    int dropped = 0;
    for (int run = 0; run < runs; run++) {
      List<Integer> differences = new ArrayList<>(Collections.nCopies(items, 0));
      for (int i = 0; i < discordant; i++) {
        differences.set(i, i % 2 == 0 ? 1 : -1);
      }
      Collections.shuffle(differences, random);
      dropped += dropped(race, differences) ? 1 : 0;
    }
    assertTrue(dropped <= 0.065 * runs, dropped + " of " + runs);
  }

  private static boolean dropped(Race race, List<Integer> differences) {
    for (int block = 1; block < race.blocks(); block++) {
      List<Integer> soFar = differences.subList(0, race.items() * block / race.blocks());
      if (race.drops(difference(soFar))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aRaceOfFewerItemsThanBlocksIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Race(3, 2));
    assertThrows(IllegalArgumentException.class, () -> new Race(0, 2));
  }

  private static PairedDifference difference(int items, int lost, int won) {
    List<Integer> differences = new ArrayList<>(Collections.nCopies(items, 0));
    for (int i = 0; i < lost + won; i++) {
      differences.set(i, i < lost ? -1 : 1);
    }
    return difference(differences);
  }

  /** Of two models that are right on the items above 0, and on those below. */
  private static PairedDifference difference(List<Integer> differences) {
    return PairedDifference.between(scores(differences, 1), scores(differences, -1));
  }

  private static Scores scores(List<Integer> differences, int sign) {
    List<ItemScore> items = new ArrayList<>();
    for (int i = 0; i < differences.size(); i++) {
      items.add(new ItemScore("a", i, "" + i, differences.get(i) == sign ? 1 : 0, 1, -1, 1));
    }
    return new Scores(List.of(new TaskScores("a", Rule.MEAN, 1, items)));
  }
}
