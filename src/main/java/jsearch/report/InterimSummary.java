package jsearch.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.study.Outcome;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** What the records of a search say before it is finished, for machines; nothing is confirmed. */
final class InterimSummary {
  private InterimSummary() {}

  /**
   * The content of {@code summary.json} after a search was stopped.
   *
   * @param trials so far, in the order begun
   */
  static Map<String, Object> of(StudySpec spec, String family, List<Trial> trials) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("confirmed", false);
    summary.put("ended_by", "stopped");
    summary.put("trials", trials.stream().filter(Trial::finished).count());
    summary.putAll(standing(Standing.of(trials)));
    summary.putAll(Summary.facts(spec, family, trials));
    return summary;
  }

  /** Parents, best global SLERP and best merge so far with their scores on the search items. */
  static Map<String, Object> standing(Standing standing) {
    Map<String, Object> map = new LinkedHashMap<>();
    standing.base().ifPresent(trial -> map.put("base", scored(trial)));
    standing.donor().ifPresent(trial -> map.put("donor", scored(trial)));
    standing.bestGlobal().ifPresent(trial -> map.put("best_global", scored(trial)));
    standing.best().ifPresent(trial -> map.put("best", scored(trial)));
    return map;
  }

  /** A trial that has an outcome. */
  static Map<String, Object> scored(Trial trial) {
    Outcome outcome = trial.outcome().orElseThrow();
    Map<String, Object> search = new LinkedHashMap<>();
    search.put("score", outcome.score());
    search.put("standard_error", Summary.number(outcome.standardError()));
    if (outcome.items() > 0) { // Studies that are older than the count have none.
      search.put("items", outcome.items());
    }
    Map<String, Object> map = Summary.trial(trial);
    map.put("search", search);
    return map;
  }
}
