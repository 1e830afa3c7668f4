package jsearch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.eval.EntryResult;
import jsearch.eval.ItemResult;
import jsearch.eval.ItemScore;
import jsearch.task.Answer;
import jsearch.task.Item;
import jsearch.task.Metric;
import jsearch.task.Task;

/** What a model made of each item, one object an item, for people to look at. */
public final class SampleLines {
  private SampleLines() {}

  /** The objects in the order of tasks and items. */
  public static List<Map<String, Object>> of(List<EntryResult> results) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (EntryResult result : results) {
      if (result.entry() instanceof Task task) {
        result.items().forEach(item -> lines.add(line(task, item)));
      }
    }
    return lines;
  }

  private static Map<String, Object> line(Task task, ItemResult result) {
    Item item = result.item();
    Answer answer = result.answer();
    List<String> prompts = result.prompts();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("task", task.name());
    line.put("doc_id", item.id());
    line.put("prompt", prompts.size() == 1 ? prompts.get(0) : prompts);
    line.put("target", item.target());
    if (task.generation().isPresent()) {
      line.put("text", answer.text());
    } else {
      line.put("answers", item.answers());
      line.put("golds", item.golds());
      line.put(
          "log_likelihoods", answer.logLikelihoods().stream().map(SampleLines::finite).toList());
      line.put("greedy", answer.greedy());
    }
    if (!answer.unprompted().isEmpty()) {
      line.put("unprompted", answer.unprompted().stream().map(SampleLines::finite).toList());
    }
    line.put("metrics", metrics(task, result));
    line.put("doc", item.doc().value());
    return line;
  }

  /** A number; where the task's result is a ratio of sums, what the item adds to both. */
  private static Map<String, Object> metrics(Task task, ItemResult result) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (int i = 0; i < task.metrics().size(); i++) {
      Metric metric = task.metrics().get(i);
      ItemScore score = result.scores().get(i);
      Object value = finite(score.value());
      metrics.put(metric.name(), score.weight() == 1 ? value : List.of(value, score.weight()));
    }
    return metrics;
  }

  private static Object finite(double value) {
    return Double.isFinite(value) ? (Object) value : String.valueOf(value);
  }
}
