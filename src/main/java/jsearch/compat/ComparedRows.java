package jsearch.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Vocabulary;
import jsearch.model.Tokenizer;

/**
 * The same text in the token ids of two parents, position by position.
 *
 * <p>The text is cut into tokens by the base's tokenizer, and each token gets the donor's id of the
 * same string. A row ends before the first token that the donor lacks.
 *
 * @param base ids of the base, a row a text
 * @param donor ids of the donor, rows of the same lengths
 */
record ComparedRows(List<List<Integer>> base, List<List<Integer>> donor) {
  /**
   * Rows of the first texts.
   *
   * @param most tokens together, unless the first text alone has more
   */
  static ComparedRows of(
      List<String> texts, Tokenizer tokenizer, Vocabulary base, Vocabulary donor, int most) {
    String[] tokens = base.byId();
    List<List<Integer>> own = new ArrayList<>();
    List<List<Integer>> others = new ArrayList<>();
    int total = 0;
    for (String text : texts) {
      List<Integer> ids = tokenizer.encode(text, true);
      List<Integer> translated = translated(ids, tokens, donor.ids());
      if (!own.isEmpty() && total + translated.size() > most) {
        break;
      }
      if (!translated.isEmpty()) {
        own.add(ids.subList(0, translated.size()));
        others.add(translated);
        total += translated.size();
      }
    }
    return new ComparedRows(own, others);
  }

  private static List<Integer> translated(
      List<Integer> ids, String[] tokens, Map<String, Integer> donor) {
    List<Integer> translated = new ArrayList<>();
    for (int id : ids) {
      Integer other = id < tokens.length ? donor.get(tokens[id]) : null;
      if (other == null) {
        break;
      }
      translated.add(other);
    }
    return translated;
  }
}
