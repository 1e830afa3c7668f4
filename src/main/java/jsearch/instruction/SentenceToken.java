package jsearch.instruction;

import java.util.Locale;
import java.util.Set;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/**
 * A word or sign of a sentence, a final full stop with it.
 *
 * @param text as it stands, at least one character
 */
record SentenceToken(String text) {
  private static final PythonPattern ELLIPSIS = PythonPattern.of("^\\.\\.+$");
  private static final PythonPattern NUMBER = PythonPattern.of("^-?[.,]?\\d[\\d,.\\-]*\\.?$");
  private static final PythonPattern INITIAL = PythonPattern.of("^[\\p{L}\\p{No}_]\\.$");

  /** Signs that no sentence begins with. */
  private static final Set<String> PUNCTUATION = Set.of(";", ":", ",", ".", "!", "?");

  SentenceToken {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a token is empty");
    }
  }

  /** Whether it is a sign that ends sentences, by itself. */
  boolean isEnd() {
    return text.equals(".") || text.equals("?") || text.equals("!");
  }

  boolean isEllipsis() {
    return ELLIPSIS.occursIn(text);
  }

  /** Whether one full stop ends it, not several. */
  boolean endsInFullStop() {
    return text.endsWith(".") && !text.endsWith("..");
  }

  boolean isInitial() {
    return INITIAL.occursIn(text);
  }

  boolean isNumber() {
    return NUMBER.occursIn(text);
  }

  boolean isCapital() {
    return PythonText.isUpper(Character.toString(text.codePointAt(0)));
  }

  /** Whether it, or its part after the last hyphen, is one of these with a full stop. */
  boolean isAbbreviation(Set<String> abbreviations) {
    if (!endsInFullStop() || isEnd()) {
      return false;
    }
    String word = text.substring(0, text.length() - 1).toLowerCase(Locale.ROOT);
    return abbreviations.contains(word)
        || abbreviations.contains(word.substring(word.lastIndexOf('-') + 1));
  }

  /** The word in lower case, without a full stop that may end a sentence. */
  String type() {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.length() > 1 && endsInFullStop() ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Whether no sentence begins with it: a small letter or punctuation. */
  boolean goesOn() {
    return PUNCTUATION.contains(text)
        || PythonText.isLower(Character.toString(text.codePointAt(0)));
  }
}
