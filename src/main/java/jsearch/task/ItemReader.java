package jsearch.task;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.template.PythonText;

/**
 * Renders a task's items: {@code doc_to_text}, {@code doc_to_target}, {@code doc_to_choice}.
 *
 * <p>A value that names a field of the items gives that field, any other text is a template. A
 * target that renders to digits is an index where there are choices.
 */
final class ItemReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NUMBERS = Pattern.compile("\\[[-+0-9.,\\s]*]");

  private final Document task;
  private final List<Document> docs;
  private final boolean writes;
  private final Set<String> fields = new LinkedHashSet<>();
  private final String delimiter;

  /**
   * @param writes whether the model writes its answer, instead of choosing
   */
  ItemReader(Document task, List<Document> docs, boolean writes) {
    this.task = task;
    this.docs = docs;
    this.writes = writes;
    this.delimiter = task.find("target_delimiter").map(Document::text).orElse(" ");
    docs.forEach(doc -> fields.addAll(doc.entries().keySet()));
  }

  /** The items, in the order of the data. */
  List<Item> read() {
    List<Item> items = new ArrayList<>();
    for (Document doc : docs) {
      items.add(item(items.size(), doc));
    }
    return items;
  }

  private Item item(int id, Document doc) {
    String prompt = prompt(doc);
    if (writes && task.find("doc_to_choice").isEmpty()) {
      return new Item(id, prompt, delimiter, List.of(writtenTarget(doc)), 0, doc);
    }
    List<String> choices = choices(doc);
    int gold = gold(doc, choices);
    return writes
        ? new Item(id, prompt, delimiter, List.of(choices.get(gold)), 0, doc)
        : new Item(id, prompt, delimiter, choices, gold, doc);
  }

  private String prompt(Document doc) {
    Document setting = task.at("doc_to_text");
    String text =
        field(setting, doc).map(Document::text).orElseGet(() -> renderedPrompt(setting, doc));
    return task.find("description").map(description -> description(description, doc)).orElse("")
        + text;
  }

  private String renderedPrompt(Document setting, Document doc) {
    String text = rendered(setting, doc);
    if (PythonText.isDigits(text) && task.find("doc_to_choice").isPresent()) {
      throw new InputException(
          "%s gives %s for %s, which lm-evaluation-harness reads as the index of one of several"
                  .formatted(setting.place(), text, doc.place())
              + " prompts; expected one prompt.");
    }
    return text;
  }

  private String description(Document setting, Document doc) {
    return fields.contains(setting.text())
        ? doc.at(setting.text()).text()
        : Template.of(setting).render(doc);
  }

  private List<String> choices(Document doc) {
    Document setting = task.at("doc_to_choice");
    List<String> choices;
    if (setting.isText()) {
      choices =
          field(setting, doc).map(ItemReader::texts).orElseGet(() -> renderedList(setting, doc));
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

  private List<String> renderedList(Document setting, Document doc) {
    String text = rendered(setting, doc);
    return PythonList.parse(text)
        .orElseThrow(
            () ->
                new InputException(
                    "%s gives %s for %s, expected a list of strings."
                        .formatted(setting.place(), text, doc.place())));
  }

  private int gold(Document doc, List<String> choices) {
    Document setting = task.at("doc_to_target");
    if (setting.isNumber()) {
      return setting.integer(0, choices.size() - 1);
    }
    Optional<Document> field = field(setting, doc);
    if (field.isPresent() && !field.get().isText()) {
      return field.get().integer(0, choices.size() - 1);
    }
    String text = field.map(Document::text).orElseGet(() -> rendered(setting, doc));
    boolean isIndex = field.isEmpty() && PythonText.isDigits(text) && text.length() < 10;
    int gold = isIndex ? Integer.parseInt(text) : choices.indexOf(text);
    if (gold < 0 || gold >= choices.size()) {
      throw new InputException(
          "%s gives %s for %s, expected an index from 0 to %d or one of the choices %s."
              .formatted(setting.place(), text, doc.place(), choices.size() - 1, choices));
    }
    return gold;
  }

  private String writtenTarget(Document doc) {
    Document setting = task.at("doc_to_target");
    if (setting.isNumber()) {
      return PythonText.str(setting.value());
    }
    Optional<Document> field = field(setting, doc);
    if (field.isPresent() && (field.get().isList() || field.get().isMap())) {
      throw field.get().expected("one answer");
    }
    String text =
        field.map(value -> PythonText.str(value.value())).orElseGet(() -> rendered(setting, doc));
    boolean isList = NUMBERS.matcher(text).matches() || PythonList.parse(text).isPresent();
    if (text.isEmpty() || (field.isEmpty() && text.startsWith("[") && isList)) {
      throw new InputException(
          "%s gives %s for %s, expected one answer."
              .formatted(setting.place(), PythonText.repr(text), doc.place()));
    }
    return text;
  }

  /** The item's field that the setting names, empty when the setting is a template. */
  private Optional<Document> field(Document setting, Document doc) {
    String text = setting.text();
    if (fields.contains(text)) {
      return Optional.of(doc.at(text));
    }
    if (NAME.matcher(text).matches()) {
      throw setting.expected("a template or one of the items' fields %s".formatted(fields));
    }
    return Optional.empty();
  }

  private static String rendered(Document setting, Document doc) {
    return Template.of(setting).render(doc);
  }
}
