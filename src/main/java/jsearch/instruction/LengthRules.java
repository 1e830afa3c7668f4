package jsearch.instruction;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jsearch.document.Document;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/** Rules on how many sentences, paragraphs and words a response has. */
final class LengthRules {
  private static final PythonPattern WORD = PythonPattern.of("\\w+");
  private static final PythonPattern DIVIDER = PythonPattern.of("\\s?\\*\\*\\*\\s?");
  private static final Pattern EMPTY_LINE = Pattern.compile("\n\n");
  private static final Pattern OPENING_QUOTES = Pattern.compile("^'*\"*");
  private static final Pattern PUNCTUATION = Pattern.compile("[.,?!'\"].*$", Pattern.DOTALL);

  private LengthRules() {}

  /** So many sentences, as Punkt finds them. */
  static Rule sentences(Arguments arguments) {
    Threshold threshold = arguments.threshold("num_sentences", "relation");
    return response -> threshold.holds(Sentences.count(response));
  }

  /** So many words: runs of letters, numbers and underscores. */
  static Rule words(Arguments arguments) {
    Threshold threshold = arguments.threshold("num_words", "relation");
    return response -> threshold.holds(WORD.count(response));
  }

  /** Exactly so many paragraphs between three asterisks; only first and last may be empty. */
  static Rule paragraphs(Arguments arguments) {
    int wanted = arguments.count("num_paragraphs");
    return response -> {
      List<String> paragraphs = DIVIDER.split(response);
      int last = paragraphs.size() - 1;
      for (int i = 1; i < last; i++) {
        if (isBlank(paragraphs.get(i))) {
          return false;
        }
      }
      return paragraphs.stream().filter(paragraph -> !isBlank(paragraph)).count() == wanted;
    };
  }

  /** Exactly so many paragraphs between empty lines, and the nth begins with this word. */
  static Rule firstWord(Arguments arguments) {
    int wanted = arguments.count("num_paragraphs");
    Document place = arguments.given("nth_paragraph");
    int nth = place.integer(1, wanted);
    String word = arguments.given("first_word").text().toLowerCase(Locale.ROOT);
    return response -> {
      List<String> paragraphs = List.of(EMPTY_LINE.split(response, -1));
      long count = paragraphs.stream().filter(paragraph -> !isBlank(paragraph)).count();
      // The place counts empty paragraphs too, the number does not.
      String paragraph = paragraphs.get(Math.min(nth, paragraphs.size()) - 1);
      return count == wanted && !isBlank(paragraph) && firstWord(paragraph).equals(word);
    };
  }

  private static String firstWord(String paragraph) {
    String first = PythonText.split(paragraph).get(0);
    String open = OPENING_QUOTES.matcher(first).replaceFirst("");
    return PUNCTUATION.matcher(open).replaceFirst("").toLowerCase(Locale.ROOT);
  }

  private static boolean isBlank(String text) {
    return PythonText.strip(text).isEmpty();
  }
}
