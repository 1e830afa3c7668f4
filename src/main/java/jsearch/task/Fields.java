package jsearch.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.python.PythonList;

/**
 * Reads {@code doc_to_text}, {@code doc_to_target} and {@code doc_to_choice} of an item's data.
 *
 * <p>A value that names a field of the items gives that field, any other text is a template. What a
 * template gives may be an index, where it is digits and there are choices, or a list.
 *
 * @param names the fields of all items
 * @param choosing whether the task has choices
 */
record Fields(Set<String> names, boolean choosing) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern WHOLE_NUMBERS =
      Pattern.compile("\\[\\s*\\d{1,9}\\s*(,\\s*\\d{1,9}\\s*)*,?\\s*]");

  /** The question: a text, or an index where each choice is a question. */
  Value text(Document setting, Document doc) {
    if (setting.isNumber()) {
      return new Value(setting.value(), setting, doc, Optional.of(setting));
    }
    Optional<Document> field = field(setting, doc);
    Object value = field.map(Document::value).orElseGet(() -> indexOrText(setting, doc));
    return new Value(value, setting, doc, field);
  }

  /**
   * The answer: a text, an index, or a list of either.
   *
   * <p>A word that names no field is the answer itself, the same for all items.
   */
  Value target(Document setting, Document doc) {
    if (setting.value() instanceof Double) {
      throw setting.expected("a whole number, a list, a field or a template");
    }
    if (setting.isNumber() || setting.isBool() || setting.isList()) {
      return new Value(setting.value(), setting, doc, Optional.of(setting));
    }
    Optional<Document> field = isWord(setting) ? Optional.empty() : field(setting, doc);
    Object value = field.map(Document::value).orElseGet(() -> maybeList(indexOrText(setting, doc)));
    return new Value(value, setting, doc, field);
  }

  /** What is chosen among, at least two texts, none of them empty. */
  List<String> choices(Document setting, Document doc) {
    List<String> choices;
    if (setting.isText()) {
      choices = field(setting, doc).map(Fields::texts).orElseGet(() -> renderedList(setting, doc));
    } else {
      choices = setting.isMap() ? literals(setting.entries().values()) : literals(setting.items());
    }
    if (choices.size() < 2 || choices.contains("")) {
      throw new InputException(
          "%s gives the choices %s for %s, expected at least two, none of them empty."
              .formatted(setting.place(), choices, doc.place()));
    }
    return choices;
  }

  /** The text of a setting that may be any words, such as {@code description}. */
  static String words(Document setting, Document doc) {
    return doc.find(setting.text())
        .map(Document::text)
        .orElseGet(() -> Template.of(setting).render(doc));
  }

  private Object indexOrText(Document setting, Document doc) {
    String text = Template.of(setting).render(doc);
    boolean isIndex = choosing && INDEX.matcher(text).matches();
    return isIndex ? (Object) Long.valueOf(text) : text;
  }

  /** Python's literal, where a text is a list of whole numbers or of strings. */
  private static Object maybeList(Object value) {
    if (!(value instanceof String text) || !text.startsWith("[") || !text.endsWith("]")) {
      return value;
    }
    if (WHOLE_NUMBERS.matcher(text).matches()) {
      return Stream.of(text.replaceAll("[\\[\\]\\s]", "").split(",")).map(Long::valueOf).toList();
    }
    return PythonList.parse(text).map(list -> (Object) list).orElse(text);
  }

  private static List<String> texts(Document list) {
    return list.items().stream().map(Document::text).toList();
  }

  private static List<String> literals(Iterable<Document> settings) {
    List<String> choices = new ArrayList<>();
    for (Document setting : settings) {
      if (setting.text().contains("{{") || setting.text().contains("{%")) {
        // lm-evaluation-harness would take the template for the choice itself, unrendered.
        throw new InputException(
            setting.expected("a plain choice").getMessage()
                + "\nMaybe write doc_to_choice as one template that gives a list: \"{{[a, b]}}\".");
      }
      choices.add(setting.text());
    }
    return choices;
  }

  private static List<String> renderedList(Document setting, Document doc) {
    String text = Template.of(setting).render(doc);
    return PythonList.parse(text)
        .orElseThrow(
            () ->
                new InputException(
                    "%s gives %s for %s, expected a list of strings."
                        .formatted(setting.place(), text, doc.place())));
  }

  /** Whether the setting is a word that is no field's name, nor one that was to be. */
  private boolean isWord(Document setting) {
    String text = setting.text();
    return !names.contains(text)
        && NAME.matcher(text).matches()
        && names.stream().noneMatch(name -> isSlip(text, name));
  }

  /** Whether two names have the same letters but for one or two. */
  private static boolean isSlip(String text, String name) {
    List<Integer> letters = new ArrayList<>(name.toLowerCase(Locale.ROOT).chars().boxed().toList());
    int wrong = 0;
    for (int letter : text.toLowerCase(Locale.ROOT).chars().toArray()) {
      wrong += letters.remove((Integer) letter) ? 0 : 1;
    }
    return wrong + letters.size() <= Math.min(2, name.length() / 3);
  }

  /** The item's field that the setting names, empty when the setting is a template. */
  private Optional<Document> field(Document setting, Document doc) {
    String text = setting.text();
    if (names.contains(text)) {
      return Optional.of(doc.at(text));
    }
    if (NAME.matcher(text).matches()) {
      throw setting.expected("a template or one of the items' fields %s".formatted(names));
    }
    return Optional.empty();
  }
}
