package jsearch.eval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.document.InputException;
import jsearch.model.LanguageModel;
import jsearch.task.Answer;
import jsearch.task.Entry;
import jsearch.task.Group;
import jsearch.task.Metric;
import jsearch.task.OutputType;
import jsearch.task.Task;

/** All items of a task or group, prepared for a model, to be scored by every metric. */
public final class TaskBench {
  private record Part(Task task, List<EncodedItem> items) {}

  private final Entry entry;
  private final List<Part> parts;
  private final Answers answers;

  private TaskBench(Entry entry, List<Part> parts, LanguageModel model) {
    this.entry = entry;
    this.parts = List.copyOf(parts);
    answers = new Answers(parts.stream().flatMap(part -> part.items().stream()).toList(), model);
  }

  /**
   * Prepares all items for this model.
   *
   * @param chat wraps prompts; empty for plain text
   * @throws InputException when an item does not fit the model's context; names task and item
   */
  public static TaskBench prepare(Entry entry, LanguageModel model, Optional<ChatPrompts> chat) {
    Encoder encoder = new Encoder(model, chat);
    List<Part> parts = new ArrayList<>();
    for (Task task : entry.tasks()) {
      boolean scored = task.type() != OutputType.GENERATE_UNTIL;
      boolean unprompted = task.metrics().stream().anyMatch(Metric::needsUnprompted);
      parts.add(
          new Part(
              task,
              task.items().stream()
                  .map(item -> encoder.encode(task, item, scored, unprompted))
                  .toList()));
    }
    return new TaskBench(entry, parts, model);
  }

  /** The results: each group before its members. */
  public List<EntryResult> run() {
    Iterator<Answer> given = answers.get().iterator();
    Map<String, EntryResult> tasks = new HashMap<>();
    for (Part part : parts) {
      List<ItemResult> items = new ArrayList<>();
      for (EncodedItem item : part.items()) {
        items.add(result(part.task(), item, given.next()));
      }
      tasks.put(part.task().name(), new EntryResult(part.task(), 0, metrics(part, items), items));
    }
    List<EntryResult> results = new ArrayList<>();
    collect(entry, 0, tasks, results);
    return results;
  }

  private static ItemResult result(Task task, EncodedItem encoded, Answer answer) {
    List<ItemScore> scores = new ArrayList<>();
    boolean scored = !encoded.answers().isEmpty();
    int gold = encoded.item().gold();
    for (Metric metric : task.metrics()) {
      scores.add(
          new ItemScore(
              task.name(),
              encoded.item().id(),
              Integer.toString(encoded.item().id()),
              answer.isBroken() ? Double.NaN : metric.value(encoded.item(), answer),
              answer.isBroken() ? 1 : metric.weight(encoded.item(), answer),
              scored ? answer.logLikelihoods().get(gold) : Double.NaN,
              scored ? encoded.targetTokens() : 0));
    }
    return new ItemResult(encoded.item(), encoded.prompts(), answer, scores);
  }

  private static List<MetricResult> metrics(Part part, List<ItemResult> items) {
    List<MetricResult> results = new ArrayList<>();
    for (int m = 0; m < part.task().metrics().size(); m++) {
      int at = m;
      results.add(
          MetricResult.of(
              part.task().name(),
              part.task().metrics().get(m),
              items.stream().map(item -> item.scores().get(at)).toList()));
    }
    return results;
  }

  private static void collect(
      Entry entry, int depth, Map<String, EntryResult> tasks, List<EntryResult> results) {
    if (entry instanceof Group group) {
      results.add(
          EntryResult.of(
              group, depth, group.tasks().stream().map(task -> tasks.get(task.name())).toList()));
      group.members().forEach(member -> collect(member, depth + 1, tasks, results));
    } else {
      EntryResult task = tasks.get(entry.name());
      results.add(new EntryResult(entry, depth, task.metrics(), task.items()));
    }
  }
}
