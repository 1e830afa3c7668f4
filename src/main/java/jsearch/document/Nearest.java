package jsearch.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The known names that a mistyped one is near to.
 *
 * <p>Near is one edit in four characters: a character too many, too few or wrong, or two that
 * changed places (optimal string alignment; Boytsov 2011, "Indexing methods for approximate
 * dictionary searching", section 2.2). The beginning of a name, three characters or more, is near
 * too. A name that is farther off is never suggested.
 */
public final class Nearest {
  private static final int SUGGESTED = 3;
  private static final int LETTERS_PER_EDIT = 4;
  private static final int BEGINNING = 3;

  private Nearest() {}

  /** The nearest of these names, best first; none where nothing is near. */
  public static List<String> to(String given, Collection<String> known) {
    TreeMap<Integer, List<String>> byDistance = new TreeMap<>();
    known.stream()
        .distinct()
        .sorted(Comparator.naturalOrder())
        .filter(name -> isNear(given, name))
        .forEach(
            name ->
                byDistance.merge(
                    distance(bare(given), bare(name)), List.of(name), Nearest::joined));
    List<String> nearest = byDistance.isEmpty() ? List.of() : byDistance.firstEntry().getValue();
    return nearest.subList(0, Math.min(SUGGESTED, nearest.size()));
  }

  /** A line "Maybe you mean this." that can follow a message, with its line end; else nothing. */
  public static String hint(String given, Collection<String> known) {
    return advice("\n", given, known);
  }

  /** A sentence " Maybe you mean this." that can follow another, with its space; else nothing. */
  public static String sentence(String given, Collection<String> known) {
    return advice(" ", given, known);
  }

  private static String advice(String separator, String given, Collection<String> known) {
    List<String> nearest = to(given, known);
    return nearest.isEmpty() ? "" : "%sMaybe you mean %s.".formatted(separator, choice(nearest));
  }

  /** Names as a choice: "a", "a or b", "a, b or c". */
  static String choice(List<String> names) {
    int last = names.size() - 1;
    return last <= 0
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static boolean isNear(String given, String name) {
    String a = bare(given);
    String b = bare(name);
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    return a.length() >= BEGINNING && b.startsWith(a)
        || distance(a, b) <= Math.max(a.length(), b.length()) / LETTERS_PER_EDIT;
  }

  /** Letters and digits in one case: neither case nor punctuation makes a name another. */
  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Edits that turn one text into the other, where no character is edited twice. */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1]; // [characters of a, of b]
    IntStream.rangeClosed(0, b.length()).forEach(j -> edits[0][j] = j);
    for (int i = 1; i <= a.length(); i++) {
      edits[i][0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        edits[i][j] = Math.min(least, edits[i - 1][j - 1] + wrong);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
