package jsearch.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jsearch.eval.EntryResult;
import jsearch.eval.MetricResult;

/** Results of tasks and groups, as lm-evaluation-harness shows and stores them. */
public final class TaskTable {
  private TaskTable() {}

  /** A row a metric and filter; members of a group stand below it, indented. */
  public static String text(List<EntryResult> results) {
    Table table = new Table().row("task", "filter", "n-shot", "metric", "", "value", "", "stderr");
    for (EntryResult result : results) {
      String indent = result.depth() == 0 ? "" : " ".repeat(result.depth()) + "- ";
      String task = indent + result.entry().alias();
      String shots = result.shots().isPresent() ? String.valueOf(result.shots().getAsInt()) : "";
      if (result.metrics().isEmpty()) {
        table.row(task);
      }
      for (MetricResult metric : sorted(result)) {
        table.row(
            task,
            metric.filter(),
            shots,
            metric.metric(),
            metric.isHigherBetter() ? "↑" : "↓",
            number(metric.value()),
            "±",
            number(metric.standardError()));
      }
    }
    return table.text();
  }

  /** The same for machines: by task, {@code metric,filter} and {@code metric_stderr,filter}. */
  public static Map<String, Object> map(List<EntryResult> results) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> shots = new LinkedHashMap<>();
    Map<String, Object> directions = new LinkedHashMap<>();
    Map<String, Object> samples = new LinkedHashMap<>();
    for (EntryResult result : results) {
      String name = result.entry().name();
      Map<String, Object> own = new LinkedHashMap<>();
      Map<String, Object> higher = new LinkedHashMap<>();
      own.put("alias", result.entry().alias());
      for (MetricResult metric : sorted(result)) {
        own.put(metric.key(), finite(metric.value()));
        own.put(
            "%s_stderr,%s".formatted(metric.metric(), metric.filter()),
            finite(metric.standardError()));
        higher.put(metric.metric(), metric.isHigherBetter());
      }
      values.put(name, own);
      directions.put(name, higher);
      result.shots().ifPresent(n -> shots.put(name, n));
      if (!result.items().isEmpty()) {
        samples.put(name, result.items().size());
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("results", values);
    all.put("n-shot", shots);
    all.put("higher_is_better", directions);
    all.put("n-samples", samples);
    return all;
  }

  private static List<MetricResult> sorted(EntryResult result) {
    List<MetricResult> metrics = new ArrayList<>(result.metrics());
    metrics.sort(Comparator.comparing(MetricResult::key));
    return metrics;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "N/A";
  }

  private static Object finite(double value) {
    return Double.isFinite(value) ? (Object) value : "N/A";
  }
}
