package jsearch.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.schedule.Schedule;
import jsearch.study.Trial;

/** What {@link StudyPage} shows, for machines. */
public final class StudyMap {
  private StudyMap() {}

  /**
   * The page as nested maps, lists, strings and numbers.
   *
   * @param schedule of the best merge so far; empty where it cannot be told
   */
  public static Map<String, Object> of(StudyStatus status, Optional<Schedule> schedule) {
    List<Trial> trials = status.snapshot().trials();
    Map<String, Object> map = StatusReport.map(status);
    map.put("spec", status.snapshot().spec().toMap());
    schedule.ifPresent(found -> map.put("schedule", schedule(found)));
    map.put("top", StudyPage.top(trials).stream().map(InterimSummary::scored).toList());
    map.put("failed", StudyPage.failures(trials).stream().map(StudyMap::failure).toList());
    map.put("best_so_far", StudyPage.course(trials));
    return map;
  }

  /** By filter, t at evenly spaced depths. */
  private static Map<String, Object> schedule(Schedule schedule) {
    Map<String, Object> map = new LinkedHashMap<>();
    schedule.rules().forEach(rule -> map.put(rule.filter(), rule.t()));
    return map;
  }

  private static Map<String, Object> failure(Trial trial) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trial", trial.number());
    map.put("origin", trial.candidate().origin().toString());
    map.put("reason", String.valueOf(trial.attributes().get(Trial.REASON)));
    return map;
  }
}
