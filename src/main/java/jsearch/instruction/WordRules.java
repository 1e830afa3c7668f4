package jsearch.instruction;

import java.util.List;
import java.util.Locale;
import jsearch.document.Document;
import jsearch.python.PythonPattern;

/** Rules on words, letters and signs that are to occur or not to occur. */
final class WordRules {
  private static final String ANY_CASE = "(?i)";

  private WordRules() {}

  /** All keywords occur, whatever their case, also inside words. */
  static Rule existence(Arguments arguments) {
    List<PythonPattern> keywords = arguments.patterns("keywords", ANY_CASE, "");
    return response -> keywords.stream().allMatch(keyword -> keyword.occursIn(response));
  }

  /** A keyword occurs so often, also inside words. */
  static Rule frequency(Arguments arguments) {
    PythonPattern keyword = arguments.pattern("keyword", ANY_CASE, "");
    Threshold threshold = arguments.threshold("frequency", "relation");
    return response -> threshold.holds(keyword.count(response));
  }

  /** None of the words occurs as a whole word. */
  static Rule forbidden(Arguments arguments) {
    List<PythonPattern> words = arguments.patterns("forbidden_words", ANY_CASE + "\\b", "\\b");
    return response -> words.stream().noneMatch(word -> word.occursIn(response));
  }

  /**
   * A letter occurs so often, in either case.
   *
   * <p>The reference draws another one by chance where it is none of a to z; here it counts.
   */
  static Rule letters(Arguments arguments) {
    Document value = arguments.given("letter");
    String letter = value.text().toLowerCase(Locale.ROOT);
    if (letter.codePointCount(0, letter.length()) != 1) {
      throw value.expected("one letter");
    }
    Threshold threshold = arguments.threshold("let_frequency", "let_relation");
    return response ->
        threshold.holds(
            response
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(c -> c == letter.codePointAt(0))
                .count());
  }

  /** There is no comma. */
  static Rule noComma() {
    return response -> response.indexOf(',') < 0;
  }
}
