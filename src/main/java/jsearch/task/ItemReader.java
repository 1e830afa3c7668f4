package jsearch.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import jsearch.document.Document;
import jsearch.python.PythonText;

/** Renders a task's items: prompts with their examples, choices, right answers. */
final class ItemReader {
  private final TaskFile task;
  private final OutputType type;
  private final Fields fields;
  private final PromptReader prompts;

  ItemReader(TaskFile task, OutputType type, Fields fields, PromptReader prompts) {
    this.task = task;
    this.type = type;
    this.fields = fields;
    this.prompts = prompts;
  }

  /** The items, in the order of the data. */
  List<Item> read(List<Document> docs) {
    List<Item> items = new ArrayList<>();
    for (Document doc : docs) {
      int id = items.size();
      items.add(
          switch (type) {
            case MULTIPLE_CHOICE -> choosing(id, doc);
            case GENERATE_UNTIL -> writing(id, doc);
            case LOGLIKELIHOOD -> likely(id, prompt(doc), doc);
            case LOGLIKELIHOOD_ROLLING -> likely(id, new Conversation(List.of()), doc);
          });
    }
    return items;
  }

  private Item choosing(int id, Document doc) {
    Value question = fields.text(task.at("doc_to_text"), doc);
    List<String> choices = fields.choices(task.at("doc_to_choice"), doc);
    if (question.isIndex()) {
      return choosingContext(id, question.index(choices.size()), choices, doc);
    }
    return new Item(
        id,
        List.of(prompts.asking(prompts.before(doc), question.text(), doc, true)),
        prompts.delimiter(),
        choices,
        golds(target(doc), choices),
        choices,
        doc);
  }

  /** Each choice is a prompt of its own; the answer is the same after all of them. */
  private Item choosingContext(int id, int gold, List<String> choices, Document doc) {
    Value target = target(doc);
    if (target.isList()) {
      throw target.expected("one answer, as the choices are prompts");
    }
    List<Turn> before = prompts.before(doc);
    return new Item(
        id,
        choices.stream().map(choice -> prompts.asking(before, choice, doc, false)).toList(),
        prompts.delimiter(),
        Collections.nCopies(choices.size(), PythonText.str(target.value())),
        List.of(gold),
        choices,
        doc);
  }

  private Item writing(int id, Document doc) {
    List<String> answers = written(doc);
    return new Item(
        id,
        List.of(prompt(doc)),
        prompts.delimiter(),
        answers,
        IntStream.range(0, answers.size()).boxed().toList(),
        answers,
        doc);
  }

  private Item likely(int id, Conversation context, Document doc) {
    Value target = target(doc);
    String text = target.text();
    if (text.isEmpty()) {
      throw target.expected("a text");
    }
    // The delimiter counts for examples alone.
    return new Item(id, List.of(context), "", List.of(text), List.of(0), List.of(text), doc);
  }

  private Conversation prompt(Document doc) {
    Value question = fields.text(task.at("doc_to_text"), doc);
    return prompts.asking(prompts.before(doc), question.text(), doc, true);
  }

  private Value target(Document doc) {
    return fields.target(task.at("doc_to_target"), doc);
  }

  private static List<Integer> golds(Value target, List<String> choices) {
    if (target.isIndex()) {
      return List.of(target.index(choices.size()));
    }
    if (target.isList()) {
      List<Integer> golds = target.indices(choices.size());
      if (golds.isEmpty()) {
        throw target.expected("at least one index");
      }
      return golds;
    }
    int gold = target.isText() ? choices.indexOf(target.text()) : -1;
    if (gold < 0) {
      throw target.expected(
          "an index from 0 to %d or one of the choices %s".formatted(choices.size() - 1, choices));
    }
    return List.of(gold);
  }

  private List<String> written(Document doc) {
    Value target = target(doc);
    if (task.find("doc_to_choice").isPresent()) {
      if (target.isList()) {
        throw target.expected("one answer, as it is written and not chosen");
      }
      List<String> choices = fields.choices(task.at("doc_to_choice"), doc);
      return List.of(choices.get(golds(target, choices).get(0)));
    }
    if (target.isList()) {
      List<?> answers = (List<?>) target.value();
      if (answers.isEmpty() || !answers.stream().allMatch(String.class::isInstance)) {
        throw target.expected("one answer, or a list of texts");
      }
      return answers.stream().map(String.class::cast).toList();
    }
    String text = PythonText.str(target.value());
    if (text.isEmpty() || target.value() == null || target.value() instanceof java.util.Map) {
      throw target.expected("one answer");
    }
    return List.of(text);
  }
}
