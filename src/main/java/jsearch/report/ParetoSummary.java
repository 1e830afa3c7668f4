package jsearch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.eval.Scores;
import jsearch.run.Finalist;
import jsearch.run.ParetoSet;

/** The Pareto set of a search for machines: {@code pareto} of {@code summary.json}. */
final class ParetoSummary {
  private ParetoSummary() {}

  /** The members, the best first; those that are not scored on confirm have no {@code confirm}. */
  static List<Map<String, Object>> of(ParetoSet set) {
    List<Map<String, Object>> members = new ArrayList<>();
    for (Finalist member : set.confirmed()) {
      Map<String, Object> map = Summary.trial(member.trial());
      map.put("recipe", recipe(member.trial().number()));
      map.put("search", axes(member.search()));
      map.put("confirm", axes(member.confirm()));
      members.add(map);
    }
    List<String> axes = set.confirmed().get(0).search().axes();
    for (ParetoSet.Other other : set.others()) {
      Map<String, Object> map = Summary.trial(other.trial());
      map.put("recipe", recipe(other.trial().number()));
      Map<String, Object> search = new LinkedHashMap<>();
      for (int i = 0; i < axes.size(); i++) {
        double score = other.trial().outcome().orElseThrow().axes().get(i);
        search.put(axes.get(i), Map.of("score", score));
      }
      map.put("search", search);
      members.add(map);
    }
    return members;
  }

  /** The score on each axis and, where the parents are known, what it gains over the better one. */
  static Map<String, Object> axes(Scores scores) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String axis : scores.axes()) {
      Map<String, Object> one = Summary.estimate(scores.axis(axis).estimate(), "score");
      if (!scores.parents().isEmpty()) {
        one.put("gain", Summary.estimate(scores.gain(axis).estimate(), "difference"));
      }
      map.put(axis, one);
    }
    return map;
  }

  /** The file of a member's recipe. */
  static String recipe(int trial) {
    return "recipe-%d.yaml".formatted(trial);
  }
}
