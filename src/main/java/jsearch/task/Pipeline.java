package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jsearch.document.Document;
import jsearch.python.PythonPattern;
import jsearch.python.PythonText;

/**
 * One entry of {@code filter_list}: steps that find the answer in what the model wrote.
 *
 * @param name the entry's name; empty for the default, which changes nothing
 * @param steps applied in order
 */
record Pipeline(Optional<String> name, List<Filter> steps) {
  /** What a task without {@code filter_list} has: the text as written. */
  static final Pipeline NONE = new Pipeline(Optional.empty(), List.of());

  private static final String TAKE_FIRST = "take_first";

  /** What stands for an answer that was not found. */
  private static final String INVALID = "[invalid]";

  Pipeline {
    steps = List.copyOf(steps);
  }

  /** The entries of {@code filter_list}, or the default. */
  static List<Pipeline> all(TaskFile task) {
    Optional<Document> list = task.find("filter_list");
    List<Pipeline> pipelines =
        list.map(entries -> entries.items().stream().map(Pipeline::of).toList())
            .orElseGet(() -> List.of(NONE));
    if (pipelines.isEmpty()) {
      throw list.get().expected("at least one filter");
    }
    return pipelines;
  }

  private static Pipeline of(Document entry) {
    entry.allow(Set.of("name", "filter"));
    List<Document> filters = entry.at("filter").items();
    List<Filter> steps = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      Document filter = filters.get(i);
      if (i < filters.size() - 1 && filter.at("function").text().equals(TAKE_FIRST)) {
        throw filter.expected("take_first as the last filter of the entry");
      }
      steps.add(step(filter));
    }
    return new Pipeline(Optional.of(entry.at("name").text()), steps);
  }

  /** Refuses filters that change a text, for a task without one. */
  static void refuseText(Document list) {
    for (Document entry : list.items()) {
      for (Document filter : entry.at("filter").items()) {
        if (!filter.at("function").text().equals(TAKE_FIRST)) {
          throw filter.at("function").expected("take_first, as the task has no text to filter");
        }
      }
    }
  }

  String apply(String text, Document doc) {
    String result = text;
    for (Filter step : steps) {
      result = step.apply(result, doc);
    }
    return result;
  }

  private static Filter step(Document filter) {
    Document function = filter.at("function");
    return switch (function.text()) {
      case "regex" -> regex(filter);
      case "multi_choice_regex" -> ChoiceRegex.of(filter);
      case "map" -> map(filter);
      case "take_first_k" -> firstOf(filter);
      case "remove_whitespace" -> plain(filter, (text, doc) -> PythonText.strip(text));
      case "lowercase" -> plain(filter, (text, doc) -> text.toLowerCase(Locale.ROOT));
      case "uppercase" -> plain(filter, (text, doc) -> text.toUpperCase(Locale.ROOT));
      // The model writes one answer an item, so the first is all there is, and the majority.
      case TAKE_FIRST, "majority_vote" -> plain(filter, (text, doc) -> text);
      default ->
          throw function.expected(
              "a filter that is supported: regex, multi_choice_regex, map, remove_whitespace,"
                  + " lowercase, uppercase, take_first, take_first_k or majority_vote");
    };
  }

  private static Filter plain(Document filter, Filter step) {
    filter.allow(Set.of("function"));
    return step;
  }

  private static Filter firstOf(Document filter) {
    filter.allow(Set.of("function", "k")).at("k").integer(1, 1);
    return (text, doc) -> text;
  }

  private static Filter map(Document filter) {
    filter.allow(Set.of("function", "mapping_dict", "default_value"));
    Map<String, String> words =
        filter.at("mapping_dict").entries().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> PythonText.str(entry.getValue().value())));
    String otherwise =
        filter.find("default_value").map(value -> PythonText.str(value.value())).orElse(INVALID);
    return (text, doc) -> words.getOrDefault(text, otherwise);
  }

  private static Filter regex(Document filter) {
    filter.allow(Set.of("function", "regex_pattern", "group_select", "fallback"));
    PythonPattern pattern = pattern(filter);
    int select = select(filter);
    String fallback = fallback(filter);
    return (text, doc) -> selected(pattern.findAll(text), select).orElse(fallback);
  }

  static PythonPattern pattern(Document filter) {
    return filter
        .find("regex_pattern")
        .map(PythonPattern::of)
        .orElseGet(() -> PythonPattern.of("#### (\\-?[0-9\\.\\,]+)"));
  }

  static int select(Document filter) {
    return filter.find("group_select").map(n -> n.integer(-1000, 1000)).orElse(0);
  }

  static String fallback(Document filter) {
    return filter.find("fallback").map(Document::text).orElse(INVALID);
  }

  /**
   * The match of this index (negative: from the end), its first group that is not empty.
   *
   * <p>Empty when there is none; where the index is out of range lm-evaluation-harness stops with
   * an IndexError, which would end a search for one odd answer.
   */
  static Optional<String> selected(List<List<String>> matches, int select) {
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
