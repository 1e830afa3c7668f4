package jsearch.task;

import java.nio.charset.StandardCharsets;
import jsearch.python.PythonText;

/**
 * How surprised the model is by the right text, per unit.
 *
 * @param unit what is counted
 */
record Perplexity(Unit unit) implements Metric {
  /** What a log-likelihood is divided by, and what is shown. */
  enum Unit {
    /** exp of the mean over texts. */
    TEXT("perplexity"),
    /** exp a word: one more than the runs of white space. */
    WORD("word_perplexity"),
    /** exp a byte of UTF-8. */
    BYTE("byte_perplexity"),
    /** The same to base 2, without exp. */
    BITS("bits_per_byte");

    private final String metric;

    Unit(String metric) {
      this.metric = metric;
    }
  }

  @Override
  public String name() {
    return unit.metric;
  }

  @Override
  public double value(Item item, Answer answer) {
    return answer.logLikelihoods().get(item.gold());
  }

  @Override
  public double weight(Item item, Answer answer) {
    return switch (unit) {
      case TEXT -> 1;
      case WORD -> words(item.target());
      case BYTE, BITS -> item.target().getBytes(StandardCharsets.UTF_8).length;
    };
  }

  @Override
  public double reported(double ratio) {
    return unit == Unit.BITS ? -ratio / Math.log(2) : Math.exp(-ratio);
  }

  @Override
  public boolean isHigherBetter() {
    return false;
  }

  /** {@code len(re.split(r"\s+", text))}. */
  private static int words(String text) {
    int words = 1;
    boolean inSpace = false;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      boolean isSpace = PythonText.isSpace(text.codePointAt(at));
      words += isSpace && !inSpace ? 1 : 0;
      inSpace = isSpace;
    }
    return words;
  }
}
