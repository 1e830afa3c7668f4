package jsearch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jsearch.compat.Compatibility;
import jsearch.eval.Estimate;
import jsearch.eval.Interval;
import jsearch.eval.PairedDifference;
import jsearch.eval.Scores;
import jsearch.eval.TaskScores;
import jsearch.run.Finalist;
import jsearch.run.Savings;
import jsearch.run.Verdict;
import jsearch.study.Param;
import jsearch.study.StudySpec;
import jsearch.study.Timing;
import jsearch.study.Trial;

/** The result of a search for machines: the content of {@code summary.json}. */
public final class Summary {
  private Summary() {}

  /**
   * The summary as nested maps, lists, strings and numbers.
   *
   * @param savings of the race, if there was one
   * @param trials of the study
   */
  static Map<String, Object> of(
      StudySpec spec,
      String family,
      Verdict verdict,
      Optional<Savings> savings,
      List<Trial> trials) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("confirmed", true);
    summary.put("base", finalist(verdict.base()));
    summary.put("donor", finalist(verdict.donor()));
    verdict.bestGlobal().ifPresent(global -> summary.put("best_global", finalist(global)));
    summary.put("best", finalist(verdict.winner()));
    summary.put("best_minus_best_parent", differences(verdict.winner(), verdict.bestParent()));
    summary.put("best_minus_base", differences(verdict.winner(), verdict.base()));
    summary.put("best_minus_donor", differences(verdict.winner(), verdict.donor()));
    verdict
        .bestGlobal()
        .ifPresent(
            global -> summary.put("best_minus_best_global", differences(verdict.winner(), global)));
    summary.put("better_than_parents", verdict.betterThanParents());
    verdict.pareto().ifPresent(set -> summary.put("pareto", ParetoSummary.of(set)));
    summary.put("objective", verdict.winner().confirm().rule().toString());
    savings.ifPresent(saved -> summary.put("race", race(saved)));
    summary.put("compatibility", compatibility(verdict.compatibility()));
    summary.putAll(facts(spec, family, trials));
    return summary;
  }

  /** What was searched, for how long and with what. */
  static Map<String, Object> facts(StudySpec spec, String family, List<Trial> trials) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("family", family);
    facts.put("optimizer", spec.optimizer());
    facts.put("budget", spec.budget());
    facts.put("seed", spec.seed());
    facts.put("seconds", trials.stream().mapToDouble(trial -> trial.seconds().orElse(0)).sum());
    Timing.mean(trials).ifPresent(mean -> facts.put(Timing.NAME, mean.toMap()));
    facts.put("device", spec.compute().device());
    facts.put("dtype", spec.compute().dtype());
    facts.put("versions", spec.versions());
    return facts;
  }

  private static Map<String, Object> finalist(Finalist finalist) {
    Map<String, Object> map = trial(finalist.trial());
    map.put("search", scores(finalist.search()));
    map.put("confirm", scores(finalist.confirm()));
    return map;
  }

  /** A trial without its scores. */
  static Map<String, Object> trial(Trial trial) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trial", trial.number());
    map.put("origin", trial.candidate().origin().toString());
    if (!trial.candidate().params().isEmpty()) {
      Map<String, Object> scalars = new LinkedHashMap<>();
      for (Param param : trial.candidate().params()) {
        scalars.put(param.name(), param.value());
      }
      map.put("scalars", scalars);
    }
    return map;
  }

  /** Scores of a suite: overall and by task. */
  public static Map<String, Object> scores(Scores scores) {
    // Without the parents two objectives are two numbers, not one.
    boolean single = scores.axes().isEmpty() || !scores.parents().isEmpty();
    Map<String, Object> map = single ? estimate(scores.estimate(), "score") : new LinkedHashMap<>();
    if (!scores.axes().isEmpty()) {
      map.put("axes", ParetoSummary.axes(scores));
    }
    map.put("mean_log_likelihood", number(scores.meanLogLikelihood()));
    Map<String, Object> tasks = new LinkedHashMap<>();
    for (TaskScores task : scores.tasks()) {
      Map<String, Object> one = estimate(task.estimate(), "score");
      one.put("metric", task.metric().name());
      if (task.reported() != task.estimate().mean()) {
        Interval interval = task.reportedInterval95();
        one.put("reported", number(task.reported()));
        one.put("reported_interval95", numbers(List.of(interval.low(), interval.high())));
      }
      tasks.put(task.task(), one);
    }
    map.put("tasks", tasks);
    return map;
  }

  private static Map<String, Object> differences(Finalist a, Finalist b) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("search", differences(a.search(), b.search()));
    map.put("confirm", differences(a.confirm(), b.confirm()));
    return map;
  }

  /** Overall, and by task in the unit of its metric. */
  private static Map<String, Object> differences(Scores a, Scores b) {
    Map<String, Object> map = difference(PairedDifference.between(a, b));
    Map<String, Object> tasks = new LinkedHashMap<>();
    for (int i = 0; i < a.tasks().size(); i++) {
      TaskScores task = a.tasks().get(i);
      tasks.put(task.task(), difference(PairedDifference.between(task, b.tasks().get(i))));
    }
    map.put("tasks", tasks);
    return map;
  }

  private static Map<String, Object> difference(PairedDifference difference) {
    Map<String, Object> map = estimate(difference.estimate(), "difference");
    map.put("detectable", number(difference.estimate().detectable()));
    map.put("won", difference.won());
    map.put("lost", difference.lost());
    return map;
  }

  private static Map<String, Object> race(Savings savings) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("proposals", savings.proposals());
    map.put("dropped", savings.dropped());
    map.put("items", savings.items());
    map.put("items_saved", savings.saved());
    return map;
  }

  static Map<String, Object> estimate(Estimate estimate, String name) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, number(estimate.mean()));
    map.put("standard_error", number(estimate.standardError()));
    map.put(
        "interval95", numbers(List.of(estimate.interval95().low(), estimate.interval95().high())));
    map.put("items", estimate.items());
    return map;
  }

  /** S, its parts and the decision. */
  public static Map<String, Object> compatibility(Compatibility compatibility) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("score", number(compatibility.score()));
    map.put("overlap", compatibility.overlap());
    map.put("overlap_by_id", compatibility.tokens().byId());
    map.put("similarity", number(compatibility.similarity()));
    map.put("angle", compatibility.angle());
    map.put("role_angles", new TreeMap<>(compatibility.roleAngles()));
    map.put("layer_similarity", numbers(compatibility.layerSimilarity()));
    map.put("layer_angles", compatibility.layerAngles());
    map.put("parameters", compatibility.parameters());
    map.put("decision", compatibility.decision().merge().words());
    map.put("reason", compatibility.decision().reason());
    return map;
  }

  private static List<Double> numbers(List<Double> values) {
    List<Double> numbers = new ArrayList<>();
    values.forEach(value -> numbers.add(number(value)));
    return numbers;
  }

  /** The value, or null where it is not finite, which JSON cannot express. */
  static Double number(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }
}
