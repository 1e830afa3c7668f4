package jsearch.schedule;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which known words a misspelt one resembles. */
final class NearMiss {
  private static final int MOST = 3;

  private NearMiss() {}

  /**
   * A sentence such as " Maybe you mean self_attn." for the words that are nearest; else empty.
   *
   * <p>Case and punctuation do not count; a letter that is wrong, missing, added or exchanged with
   * its neighbour does, and one is allowed in every four. Words with digits resemble nothing.
   */
  static String of(String word, Collection<String> known) {
    String bare = bare(word);
    TreeMap<Integer, TreeSet<String>> byDistance = new TreeMap<>();
    for (String candidate : known) {
      int distance = distance(bare, bare(candidate));
      if (distance <= Math.max(1, bare.length() / 4)) {
        byDistance.computeIfAbsent(distance, d -> new TreeSet<>()).add(candidate);
      }
    }
    if (bare.length() < 2 || bare.matches(".*\\d.*") || byDistance.isEmpty()) {
      return "";
    }
    List<String> nearest = byDistance.firstEntry().getValue().stream().limit(MOST).toList();
    return " Maybe you mean %s.".formatted(String.join(" or ", nearest));
  }

  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Optimal string alignment: edits and exchanges of neighbours. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        cost[i][j] = Math.min(cost[i][j], cost[i - 1][j - 1] + other);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
