package jsearch.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/**
 * Counts the sentences of an English text by Punkt's second stage.
 *
 * <p>Kiss and Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection": a full stop
 * ends a sentence unless it belongs to an abbreviation, an initial or a number that goes on. What
 * may be an end and where closing quotes go is NLTK 3.9's; what is known of words is our own
 * ({@link SentenceWords}), as the licence of NLTK's model is unknown.
 */
final class Sentences {
  /** Signs that end a word, besides full stops. */
  private static final String SIGN = "[)\";}\\]*:@'({\\[?!]";

  private static final PythonPattern END =
      PythonPattern.of("[.?!](?=(?<after>" + SIGN + "|\\s+(?<next>\\S+)))");
  private static final Pattern CLOSING =
      PythonPattern.of("(?m)[\"')\\]}]+?(?:\\s+|(?=--)|$)").pattern();
  private static final String WHITE_SPACE = " \t\n\r\u000b\f";

  private final String text;
  private final SentenceWords words;

  private Sentences(String text, SentenceWords words) {
    this.text = text;
    this.words = words;
  }

  /** How many sentences the text has; 0 where it is nothing but spaces. */
  static int count(String text) {
    return new Sentences(text, SentenceWords.ENGLISH).count();
  }

  private int count() {
    List<int[]> slices = slices();
    int count = 0;
    int taken = 0;
    for (int i = 0; i < slices.size(); i++) {
      int start = slices.get(i)[0] + taken;
      boolean isEmpty = start >= slices.get(i)[1];
      taken = 0;
      if (i + 1 < slices.size()) {
        // Closing quotes and brackets go to the sentence before them.
        Matcher closing = CLOSING.matcher(slice(slices.get(i + 1)));
        if (closing.lookingAt()) {
          taken = closing.end();
          isEmpty = false;
        }
      }
      count += isEmpty ? 0 : 1;
    }
    return count;
  }

  private String slice(int[] bounds) {
    return text.substring(bounds[0], Math.max(bounds[0], bounds[1]));
  }

  /** Start and end of what lies between the ends of sentences. */
  private List<int[]> slices() {
    List<int[]> slices = new ArrayList<>();
    int start = 0;
    for (Candidate end : candidates()) {
      if (words.endInside(end.context)) {
        slices.add(new int[] {start, end.end});
        start = end.next >= 0 ? end.next : end.end;
      }
    }
    slices.add(new int[] {start, PythonText.stripTrailing(text).length()});
    return slices;
  }

  /** The signs that may end a sentence; of several in one word the last. */
  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    Candidate last = null;
    int wordStart = 0;
    int wordEnd = 0;
    for (Matcher matcher = END.pattern().matcher(text); matcher.find(); ) {
      int space = lastSpace(text.substring(wordEnd, matcher.start()));
      wordStart = space > 0 ? wordEnd + space + 1 : wordStart;
      if (last != null && wordEnd <= wordStart) {
        candidates.add(last);
      }
      wordEnd = matcher.start();
      String context =
          text.substring(wordStart, wordEnd) + matcher.group() + matcher.group("after");
      last = new Candidate(matcher.end(), matcher.start("next"), context);
    }
    if (last != null) {
      candidates.add(last);
    }
    return candidates;
  }

  /** Where the last ASCII space stands, 0 if there is none. */
  private static int lastSpace(String text) {
    int at = text.length() - 1;
    while (at > 0 && WHITE_SPACE.indexOf(text.charAt(at)) < 0) {
      at--;
    }
    return Math.max(at, 0);
  }

  /**
   * A sign that may end a sentence.
   *
   * @param end where it ends
   * @param next where the next word starts, −1 if a sign follows
   * @param context its word, itself and what follows
   */
  private record Candidate(int end, int next, String context) {}
}
