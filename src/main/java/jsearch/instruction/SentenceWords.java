package jsearch.instruction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/**
 * Decides by its words whether a sentence ends inside a piece of text (Kiss and Strunk 2006, 4).
 *
 * @param abbreviations in lower case, without the final full stop
 * @param starters words that begin a sentence after an abbreviation, in lower case
 * @param ordinary words that are no names after an initial, in lower case
 */
record SentenceWords(Set<String> abbreviations, Set<String> starters, Set<String> ordinary) {
  /** What {@code sentence_words.txt} says of English. */
  static final SentenceWords ENGLISH = read();

  private static final String SIGN = "(?:[)\";}\\]*:@'({\\[?!])";
  private static final String RUN = "(?:-{2,}|\\.{2,}|(?:\\.\\s){2,}\\.)";
  private static final PythonPattern TOKEN =
      PythonPattern.of(
          "(?:%2$s|(?=[^(\"`{\\[:;&#*@)}\\]\\-,])\\S+?(?=\\s|$|%1$s|%2$s|,(?=$|\\s|%1$s|%2$s))|\\S)"
              .formatted(SIGN, RUN));

  SentenceWords {
    abbreviations = Set.copyOf(abbreviations);
    starters = Set.copyOf(starters);
    ordinary = Set.copyOf(ordinary);
  }

  private static SentenceWords read() {
    Map<String, Set<String>> lists = new HashMap<>();
    for (String line : Resource.text("sentence_words.txt").lines().toList()) {
      int colon = line.indexOf(':');
      if (!line.startsWith("#") && colon > 0) {
        lists.put(line.substring(0, colon), Set.of(line.substring(colon + 1).trim().split(" +")));
      }
    }
    return new SentenceWords(
        lists.get("abbreviations"), lists.get("starters"), lists.get("ordinary"));
  }

  /** Whether a sentence ends inside the text, with at least one more word after it. */
  boolean endInside(String text) {
    List<SentenceToken> tokens = tokens(text);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (ends(tokens.get(i), tokens.get(i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static List<SentenceToken> tokens(String text) {
    List<SentenceToken> tokens = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!PythonText.strip(line).isEmpty()) {
        TOKEN.findAll(line).forEach(match -> tokens.add(new SentenceToken(match.get(0))));
      }
    }
    return tokens;
  }

  private boolean ends(SentenceToken token, SentenceToken next) {
    boolean isAbbreviation = token.isAbbreviation(abbreviations);
    boolean ends = token.isEnd() || (token.endsInFullStop() && !isAbbreviation);
    if (!token.text().endsWith(".")) {
      return ends;
    }
    if ((isAbbreviation || token.isEllipsis()) && !token.isInitial()) {
      return next.isCapital() && starters.contains(next.type());
    }
    if (token.isInitial() || token.isNumber()) {
      boolean isName = token.isInitial() && next.isCapital() && !ordinary.contains(next.type());
      return ends && !isName && !next.goesOn();
    }
    return ends;
  }
}
