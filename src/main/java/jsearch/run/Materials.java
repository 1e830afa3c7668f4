package jsearch.run;

import java.util.ArrayList;
import java.util.List;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;
import jsearch.eval.Objective;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.plan.Parents;
import jsearch.schedule.Baseline;
import jsearch.schedule.Baselines;
import jsearch.schedule.Family;
import jsearch.task.Entry;

/**
 * What a request names, read and checked before a weight is.
 *
 * @param schedules those of the family, and the known ones
 * @param suite the tasks with their items
 * @param parents headers, configs and tokenizers of both
 */
record Materials(Schedules schedules, Suite suite, Parents parents) {
  /**
   * Reads the files that a request names.
   *
   * @throws InputException for a fault in one of them
   */
  static Materials of(SearchRequest request) {
    List<Baseline> baselines = Baselines.load(request.baselines());
    Family family = Family.load(request.family());
    Suite suite = Suite.read(request.suite());
    requireNoRaceForTwo(request, suite);
    Parents parents =
        Parents.of(
            Checkpoint.open(request.base()), Checkpoint.open(request.donor()), request.tokens());
    int layers = parents.base().layers();
    return new Materials(
        new Schedules(family, KnownSchedules.of(baselines, layers), layers), suite, parents);
  }

  /** What a person may not expect of them, a sentence each. */
  List<String> notes(SearchRequest request) {
    List<String> notes = new ArrayList<>();
    if (Entry.isEntry(request.suite())) {
      notes.add(
          "%s is no suite: %,d of its items search and %,d confirm. Maybe write a suite to choose."
              .formatted(request.suite(), suite.size(Split.SEARCH), suite.size(Split.CONFIRM)));
    }
    notes.addAll(parents.notes());
    return notes;
  }

  /** A merge that is clearly worse by the one number may yet be the best on an axis. */
  private static void requireNoRaceForTwo(SearchRequest request, Suite suite) {
    if (request.race() && suite.objective() == Objective.PARETO) {
      throw new InputException(
          """
          %s has the objective pareto, expected one objective for a race.
          Maybe search without --race."""
              .formatted(request.suite()));
    }
  }
}
