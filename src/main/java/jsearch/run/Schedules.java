package jsearch.run;

import java.util.Map;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.StudyException;
import jsearch.study.Trial;

/**
 * The schedules that trials evaluate.
 *
 * @param family makes those of proposals
 * @param known those of parents and known schedules
 * @param layers of either parent
 */
record Schedules(Family family, Map<Origin, Schedule> known, int layers) {
  /**
   * The schedule that a trial evaluates.
   *
   * @throws jsearch.document.InputException when the family has none at its point
   */
  Schedule of(Trial trial) {
    Candidate candidate = trial.candidate();
    return candidate.origin().equals(Origin.PROPOSAL)
        ? family.schedule(candidate.point(), layers)
        : of(candidate.origin());
  }

  /** The schedule of a parent, or a known one. */
  Schedule of(Origin origin) {
    Schedule schedule = known.get(origin);
    if (schedule == null) {
      throw new StudyException(
          "The journal has a trial \"%s\", expected one of %s.".formatted(origin, known.keySet()));
    }
    return schedule;
  }
}
