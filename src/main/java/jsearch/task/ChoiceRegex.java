package jsearch.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jsearch.document.Document;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/**
 * {@code multi_choice_regex}: finds the letter of a choice, {@code (A)}, in what the model wrote.
 *
 * <p>First by the pattern, then by the words of one of the item's {@code choices}, then by a letter
 * after a colon.
 *
 * @param regexesToIgnore removed from text and choices before words are looked for
 */
record ChoiceRegex(
    PythonPattern pattern,
    int select,
    String fallback,
    boolean ignoreCase,
    boolean ignorePunctuation,
    List<PythonPattern> regexesToIgnore)
    implements Filter {
  static ChoiceRegex of(Document filter) {
    filter.allow(
        Set.of(
            "function",
            "regex_pattern",
            "group_select",
            "fallback",
            "ignore_case",
            "ignore_punctuation",
            "regexes_to_ignore"));
    return new ChoiceRegex(
        Pipeline.pattern(filter),
        Pipeline.select(filter),
        Pipeline.fallback(filter),
        filter.find("ignore_case").map(Document::bool).orElse(false),
        filter.find("ignore_punctuation").map(Document::bool).orElse(false),
        filter
            .find("regexes_to_ignore")
            .map(list -> list.items().stream().map(PythonPattern::of).toList())
            .orElse(List.of()));
  }

  @Override
  public String apply(String text, Document doc) {
    Map<String, String> words = new LinkedHashMap<>();
    Map<String, String> letters = new LinkedHashMap<>();
    List<String> alternatives = new ArrayList<>();
    for (Document choice : doc.at("choices").items()) {
      String letter = Character.toString('A' + letters.size());
      String word = stripped(PythonText.strip(choice.text()));
      alternatives.add(word);
      words.put(word, "(" + letter + ")");
      letters.put(letter, "(" + letter + ")");
    }
    // The longest first, so that a choice that begins another cannot hide it.
    String anyWord =
        alternatives.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    String anyLetter = ":[\\s]*(" + String.join("|", letters.keySet()) + ")";
    String found = found(pattern, text, Map.of());
    if (found.isEmpty()) {
      found = found(new PythonPattern(Pattern.compile(anyWord)), stripped(text), words);
    }
    if (found.isEmpty()) {
      found = found(PythonPattern.of(anyLetter), text, letters);
    }
    return found.isEmpty() ? fallback : found;
  }

  private String found(PythonPattern regex, String text, Map<String, String> names) {
    String match = Pipeline.selected(regex.findAll(text), select).orElse("");
    return names.getOrDefault(match, match);
  }

  private String stripped(String text) {
    String rest = text;
    for (PythonPattern regex : regexesToIgnore) {
      rest = regex.remove(rest);
    }
    rest = ignoreCase ? rest.toLowerCase(Locale.ROOT) : rest;
    return ignorePunctuation ? rest.replaceAll("\\p{P}", "") : rest;
  }
}
