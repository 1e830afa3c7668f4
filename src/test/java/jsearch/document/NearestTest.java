package jsearch.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> OPTIONS =
      List.of("--base", "--budget", "--seed", "--eval", "--optimizer", "--time-limit", "--out");

  @ParameterizedTest
  @CsvSource({
    "--bugdet, --budget",
    "--buget, --budget",
    "--budgett, --budget",
    "-budget, --budget",
    "--BUDGET, --budget",
    "--sede, --seed",
    "--opt, --optimizer",
    "--timelimit, --time-limit",
    "--evals, --eval",
  })
  void aSlipIsNear(String given, String meant) {
    assertEquals(List.of(meant), Nearest.to(given, OPTIONS));
  }

  @ParameterizedTest
  @CsvSource({"--frobnicate", "--x", "--", "''", "--bud-limit-time", "--oz", "--loss"})
  void whatIsFarOffIsNeverSuggested(String given) {
    assertEquals(List.of(), Nearest.to(given, OPTIONS));
  }

  @Test
  void aShortNameIsAnotherNameAndNoSlip() {
    assertEquals("", Nearest.hint("tpu", List.of("cpu", "gpu")));
  }

  @Test
  void severalThatAreEquallyNearAreAChoice() {
    assertEquals(
        "\nMaybe you mean float16 or float32.",
        Nearest.hint("float", List.of("auto", "float32", "bfloat16", "float16")));
    assertEquals(
        "\nMaybe you mean demo-1, demo-2 or demo-3.",
        Nearest.hint("demo-9", List.of("demo-1", "demo-2", "demo-3", "demo-4", "other")));
  }

  @Test
  void theDistanceIsThatOfTheDefinition() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      String a = word(random);
      String b = word(random);
      assertEquals(naive(a, b), Nearest.distance(a, b), () -> a + " " + b);
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(3)));
    }
    return word.toString();
  }

  /** Optimal string alignment, by its recursive definition. */
  private static int naive(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String shorterA = a.substring(0, a.length() - 1);
    String shorterB = b.substring(0, b.length() - 1);
    char lastA = a.charAt(a.length() - 1);
    char lastB = b.charAt(b.length() - 1);
    int best = naive(shorterA, shorterB) + (lastA == lastB ? 0 : 1);
    best = Math.min(best, naive(shorterA, b) + 1);
    best = Math.min(best, naive(a, shorterB) + 1);
    boolean swapped =
        a.length() > 1
            && b.length() > 1
            && lastA == b.charAt(b.length() - 2)
            && lastB == a.charAt(a.length() - 2);
    return swapped
        ? Math.min(best, naive(a.substring(0, a.length() - 2), b.substring(0, b.length() - 2)) + 1)
        : best;
  }
}
