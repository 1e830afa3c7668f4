package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import jsearch.document.Document;
import jsearch.template.PythonPattern;
import jsearch.template.PythonText;

/**
 * One entry of {@code filter_list}: steps that find the answer in what the model wrote.
 *
 * @param name the entry's name; empty for the default, which changes nothing
 * @param steps applied in order
 */
record Pipeline(Optional<String> name, List<UnaryOperator<String>> steps) {
  /** What a task without {@code filter_list} has: the text as written. */
  static final Pipeline NONE = new Pipeline(Optional.empty(), List.of());

  private static final String TAKE_FIRST = "take_first";

  Pipeline {
    steps = List.copyOf(steps);
  }

  /** Reads an entry of {@code filter_list}. */
  static Pipeline of(Document entry) {
    entry.allow(Set.of("name", "filter"));
    List<Document> filters = entry.at("filter").items();
    List<UnaryOperator<String>> steps = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      Document filter = filters.get(i);
      if (i < filters.size() - 1 && filter.at("function").text().equals(TAKE_FIRST)) {
        throw filter.expected("take_first as the last filter of the entry");
      }
      steps.add(step(filter));
    }
    return new Pipeline(Optional.of(entry.at("name").text()), steps);
  }

  String apply(String text) {
    String result = text;
    for (UnaryOperator<String> step : steps) {
      result = step.apply(result);
    }
    return result;
  }

  private static UnaryOperator<String> step(Document filter) {
    Document function = filter.at("function");
    String name = function.text();
    if (name.equals("regex")) {
      return regex(filter);
    }
    filter.allow(Set.of("function"));
    return switch (name) {
      case "remove_whitespace" -> PythonText::strip;
      case "lowercase" -> text -> text.toLowerCase(Locale.ROOT);
      case "uppercase" -> text -> text.toUpperCase(Locale.ROOT);
      // The model writes one answer an item, so the first is all there is.
      case TAKE_FIRST -> UnaryOperator.identity();
      default ->
          throw function.expected(
              "a filter that is supported: regex, remove_whitespace, lowercase, uppercase or"
                  + " take_first");
    };
  }

  private static UnaryOperator<String> regex(Document filter) {
    filter.allow(Set.of("function", "regex_pattern", "group_select", "fallback"));
    PythonPattern pattern =
        filter
            .find("regex_pattern")
            .map(PythonPattern::of)
            .orElseGet(() -> PythonPattern.of("#### (\\-?[0-9\\.\\,]+)"));
    int select = filter.find("group_select").map(n -> n.integer(-1000, 1000)).orElse(0);
    String fallback = filter.find("fallback").map(Document::text).orElse("[invalid]");
    return text -> selected(pattern.findAll(text), select).orElse(fallback);
  }

  /**
   * The match of this index (negative: from the end), its first group that is not empty.
   *
   * <p>Empty when there is none; where the index is out of range lm-evaluation-harness stops with
   * an IndexError, which would end a search for one odd answer.
   */
  private static Optional<String> selected(List<List<String>> matches, int select) {
    int index = select < 0 ? matches.size() + select : select;
    if (index < 0 || index >= matches.size()) {
      return Optional.empty();
    }
    List<String> groups = matches.get(index);
    // A lone group may be empty, of several the first that took part counts.
    return groups.size() == 1
        ? Optional.of(PythonText.strip(groups.get(0)))
        : groups.stream().filter(group -> !group.isEmpty()).findFirst().map(PythonText::strip);
  }
}
