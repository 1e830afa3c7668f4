package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import jsearch.run.Savings;
import jsearch.run.Verdict;
import jsearch.study.Limits;
import org.junit.jupiter.api.Test;

class TerminalTest {
  static String golden(String file) throws IOException {
    try (InputStream in = TerminalTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theTableIsSealed() throws IOException {
    assertEquals(golden("verdict.txt"), Terminal.verdict(Examples.verdict()));
  }

  @Test
  void figuresAreTheSameInEveryLocale() throws IOException {
    Locale before = Locale.getDefault();
    try {
      for (String tag : new String[] {"de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(golden("verdict.txt"), Terminal.verdict(Examples.verdict()), tag);
        assertTrue(Terminal.compatibility(Examples.COMPATIBILITY).contains("0.750"), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aLeadWhoseIntervalReachesZeroIsNoLead() {
    Verdict verdict = Examples.verdict();
    Verdict even =
        new Verdict(
            verdict.base(),
            verdict.donor(),
            Optional.empty(),
            verdict.bestGlobal().orElseThrow(),
            verdict.compatibility());
    assertFalse(even.betterThanParents()); // +28.1 [-16.5, 72.8]
    assertTrue(
        Terminal.verdict(even)
            .contains(
                "No better than the best parent: the 95% interval on confirm is not above 0.\n"));
    assertTrue(
        Terminal.verdict(even)
            .endsWith(
                "The difference found is smaller: 16 items are too few to tell it reliably. Maybe"
                    + " confirm on more.\n"));
  }

  @Test
  void theBestParentIsChosenOnSearchAndTheBaseWinsATie() {
    Verdict verdict = Examples.verdict();
    assertEquals(verdict.base(), verdict.bestParent());
    Verdict swapped =
        new Verdict(
            verdict.donor(),
            verdict.base(),
            verdict.bestGlobal(),
            verdict.winner(),
            verdict.compatibility());
    assertEquals(verdict.base(), swapped.bestParent());
    Verdict tied =
        new Verdict(
            verdict.base(),
            verdict.base(),
            verdict.bestGlobal(),
            verdict.winner(),
            verdict.compatibility());
    assertEquals(verdict.base(), tied.bestParent());
  }

  @Test
  void aRaceTellsWhatItHasSaved() {
    assertEquals(
        "The race dropped 20 of 32 proposals and saved 1,200 of their 5,760 items (21%).\n",
        Terminal.savings(new Savings(32, 20, 5760, 1200)));
    assertEquals(
        "The race dropped 0 of 0 proposals and saved 0 of their 0 items (0%).\n",
        Terminal.savings(new Savings(0, 0, 0, 0)));
  }

  @Test
  void aTargetIsToldInPoints() {
    assertEquals(
        "It ends once a merge scores 70.0 points on the search items.\n",
        Terminal.target(new Limits(Optional.empty(), OptionalInt.empty(), OptionalDouble.of(0.7))));
    assertEquals("", Terminal.target(Limits.NONE));
  }

  @Test
  void compatibilityIsThreeLines() {
    assertEquals(
        """
        S = NaN  (tokenizer overlap O 0.750, hidden-state similarity A NaN, mean layer angle w 0.1000 rad)
        Angles by role in radians: mlp 0.1250 norm 0.0000
        Advice: align-embeddings-first, since the tokenizers share 75% of their tokens, less than 80%.
        """,
        Terminal.compatibility(Examples.COMPATIBILITY));
  }

  @Test
  void scoresHaveARowATaskAndTheSuiteLast() {
    assertEquals(
        """
        task   metric              items  score
        -----------------------------------------------------
        sums   exact_match,strict  4      50.0 [-41.9, 141.9]
        words  acc                 4      25.0 [-54.6, 104.6]
        all                        8      43.8 [-22.5, 110.0]
        """,
        Terminal.scores(Examples.verdict().base().search()));
  }
}
