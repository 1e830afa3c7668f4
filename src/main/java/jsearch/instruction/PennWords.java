package jsearch.instruction;

import java.util.List;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/**
 * Words as the Penn Treebank parts them, as far as capitals can tell: {@code DON'T} is two.
 *
 * <p>NLTK 3.9's {@code word_tokenize} finds sentences first and takes the final full stop off; no
 * word becomes or ceases to be upper case by a full stop, so that is left out.
 */
final class PennWords {
  private static final PythonPattern SIGN =
      PythonPattern.of(
          "[\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019`\"?!;@#$%&*\\[\\](){}<>\u2012-\u2015]"
              + "|\\.{2,}|--|''|[:,](?!\\d)");
  private static final PythonPattern LONE_LETTER =
      PythonPattern.of("(?i)'(?!re|ve|ll|[mtsdn])(\\w)\\b");
  private static final PythonPattern SPACES = PythonPattern.of("\\s+");

  /** What is parted, in this order: where a space goes between two groups. */
  private static final List<PythonPattern> PARTED =
      List.of(
          PythonPattern.of("([^' ])('[sS]|'[mM]|'[dD]|')(?= )"),
          PythonPattern.of("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T)(?= )"),
          PythonPattern.of("(?i)\\b(can)(not)\\b"),
          PythonPattern.of("(?i)\\b(d)('ye)\\b"),
          PythonPattern.of("(?i)\\b(gim|lem)(me)\\b"),
          PythonPattern.of("(?i)\\b(gon)(na)\\b"),
          PythonPattern.of("(?i)\\b(got)(ta)\\b"),
          PythonPattern.of("(?i)\\b(more)('n)\\b"),
          PythonPattern.of("(?i)\\b(wan)(na)(?=\\s)"),
          PythonPattern.of("(?i)(?<= )('t)(is|was)\\b"));

  private PennWords() {}

  /** The words and signs of a text, in its order. */
  static List<String> of(String text) {
    String quoted = LONE_LETTER.pattern().matcher(text).replaceAll("' $1");
    String apart = SIGN.pattern().matcher(quoted).replaceAll(" $0 ");
    String spaced = " " + SPACES.pattern().matcher(apart).replaceAll(" ") + " ";
    for (PythonPattern parted : PARTED) {
      spaced = parted.pattern().matcher(spaced).replaceAll("$1 $2");
    }
    return PythonText.split(spaced);
  }
}
