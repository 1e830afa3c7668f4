package jsearch.task;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.python.PythonText;
import jsearch.task.Turn.Role;

/**
 * Builds what a model reads before an answer: instruction, description, examples, question.
 *
 * <p>The rules for delimiters are lm-evaluation-harness's: none is added beside white space.
 */
final class PromptReader {
  private final TaskFile task;
  private final Fields fields;
  private final Optional<Examples> examples;
  private final Optional<String> system;
  private final Optional<Document> config;
  private final Map<Document, List<Turn>> solved = new IdentityHashMap<>();

  PromptReader(TaskFile task, Fields fields, Optional<Examples> examples, Optional<String> system) {
    this.task = task;
    this.fields = fields;
    this.examples = examples;
    this.system = system;
    this.config = Examples.config(task);
  }

  /** All that stands before the question. */
  List<Turn> before(Document doc) {
    List<Turn> messages = new ArrayList<>();
    String description =
        task.find("description").map(setting -> Fields.words(setting, doc)).orElse("");
    String opening = joined(system.orElse(""), description, delimiter("fewshot_delimiter", "\n\n"));
    if (!opening.isEmpty()) {
      messages.add(new Turn(Role.SYSTEM, opening, ""));
    }
    examples.ifPresent(
        drawn ->
            drawn
                .draw(doc)
                .forEach(shot -> messages.addAll(solved.computeIfAbsent(shot, this::solved))));
    return messages;
  }

  /** The question, and the answer's beginning where the task gives one. */
  Conversation asking(List<Turn> before, String question, Document doc, boolean delimited) {
    String prefix = task.find("gen_prefix").map(setting -> prefix(setting, doc)).orElse("");
    String delimiter = delimited ? delimiter("target_delimiter", " ") : "";
    List<Turn> messages = new ArrayList<>(before);
    boolean separate = !prefix.isEmpty() && needsDelimiter(question, prefix);
    messages.add(new Turn(Role.USER, question, separate ? delimiter : ""));
    if (!prefix.isEmpty()) {
      messages.add(new Turn(Role.ASSISTANT, prefix, ""));
    }
    return new Conversation(messages);
  }

  /** What stands between prompt and answer. */
  String delimiter() {
    return delimiter("target_delimiter", " ");
  }

  /** The same after a chat template, which separates turns itself. */
  String chatDelimiter() {
    Optional<String> prefix = task.find("gen_prefix").map(Document::text);
    return prefix.isPresent() && !endsInSpace(prefix.get()) ? delimiter() : "";
  }

  private String delimiter(String key, String otherwise) {
    return task.find(key).map(Document::text).orElse(otherwise);
  }

  private String prefix(Document setting, Document doc) {
    return fields.names().contains(setting.text())
        ? doc.at(setting.text()).text()
        : Template.of(setting).render(doc);
  }

  private List<Turn> solved(Document shot) {
    Optional<List<String>> choices =
        setting("doc_to_choice").map(setting -> fields.choices(setting, shot));
    Value question =
        fields.text(setting("doc_to_text").orElseGet(() -> task.at("doc_to_text")), shot);
    Value target =
        fields.target(setting("doc_to_target").orElseGet(() -> task.at("doc_to_target")), shot);
    boolean choosesQuestion = question.isIndex() && choices.isPresent();
    String text =
        choosesQuestion ? choices.get().get(question.index(choices.get().size())) : question.text();
    String answer = answer(target, choosesQuestion ? Optional.empty() : choices);
    String prefix = setting("gen_prefix").map(setting -> Fields.words(setting, shot)).orElse("");
    String delimiter = setting("target_delimiter").map(Document::text).orElse(" ");
    boolean separate = prefix.isEmpty() ? !answer.isEmpty() : needsDelimiter(text, prefix);
    List<Turn> messages = new ArrayList<>();
    messages.add(new Turn(Role.USER, text, separate ? delimiter : ""));
    if (!answer.isEmpty()) {
      String after = setting("fewshot_delimiter").map(Document::text).orElse("\n\n");
      messages.add(new Turn(Role.ASSISTANT, joined(prefix, answer, " "), after));
    } else if (!prefix.isEmpty()) {
      messages.add(new Turn(Role.ASSISTANT, prefix, ""));
    }
    return messages;
  }

  private static String answer(Value target, Optional<List<String>> choices) {
    if (target.isIndex() && choices.isPresent()) {
      return choices.get().get(target.index(choices.get().size()));
    }
    if (target.isList()) {
      List<?> several = (List<?>) target.value();
      if (several.isEmpty() || !(several.get(0) instanceof String)) {
        throw target.expected("one answer, or a list of answers, in a solved example");
      }
      return (String) several.get(0);
    }
    return PythonText.str(target.value());
  }

  /** What {@code fewshot_config} says of a key, else the task. */
  private Optional<Document> setting(String key) {
    return config.flatMap(found -> found.find(key)).or(() -> task.find(key));
  }

  private static String joined(String first, String second, String delimiter) {
    return needsDelimiter(first, second) && !second.isEmpty()
        ? first + delimiter + second
        : first + second;
  }

  /** Whether both have text, and no white space where they meet. */
  private static boolean needsDelimiter(String first, String second) {
    return !first.isEmpty()
        && !endsInSpace(first)
        && !second.isEmpty()
        && !PythonText.isSpace(second.codePointAt(0));
  }

  private static boolean endsInSpace(String text) {
    return !text.isEmpty() && PythonText.isSpace(text.codePointBefore(text.length()));
  }
}
