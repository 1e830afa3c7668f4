package jsearch.task;

import java.util.List;
import java.util.Locale;
import jsearch.python.PythonPattern;

/**
 * {@code exact_match}: after filters and what is to be ignored, is the text a right answer?
 *
 * @param pipeline the filters of the text; the answer is not filtered
 * @param regexesToIgnore removed first, from text and answer
 * @param ignoreCase whether upper and lower case are the same
 * @param ignorePunctuation whether ASCII punctuation is removed
 * @param ignoreNumbers whether the digits 0 to 9 are removed
 */
record ExactMatch(
    Pipeline pipeline,
    List<PythonPattern> regexesToIgnore,
    boolean ignoreCase,
    boolean ignorePunctuation,
    boolean ignoreNumbers)
    implements Metric {
  private static final String PUNCTUATION = "[!-/:-@\\[-`{-~]";

  ExactMatch {
    regexesToIgnore = List.copyOf(regexesToIgnore);
  }

  @Override
  public String name() {
    return pipeline.name().map(name -> "exact_match," + name).orElse("exact_match");
  }

  @Override
  public double value(Item item, Answer answer) {
    String text = stripped(pipeline.apply(answer.text(), item.doc()));
    return item.golds().stream().anyMatch(gold -> text.equals(stripped(item.answers().get(gold))))
        ? 1
        : 0;
  }

  private String stripped(String text) {
    String rest = text;
    for (PythonPattern regex : regexesToIgnore) {
      rest = regex.remove(rest);
    }
    rest = ignoreCase ? rest.toLowerCase(Locale.ROOT) : rest;
    rest = ignorePunctuation ? rest.replaceAll(PUNCTUATION, "") : rest;
    return ignoreNumbers ? rest.replaceAll("[0-9]", "") : rest;
  }
}
