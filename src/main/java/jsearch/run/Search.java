package jsearch.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import jsearch.document.InputException;
import jsearch.eval.ItemScore;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.TaskScores;
import jsearch.optimize.Optimizer;
import jsearch.schedule.Family;
import jsearch.schedule.Scalar;
import jsearch.schedule.Schedule;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Param;
import jsearch.study.Study;
import jsearch.study.StudyException;
import jsearch.study.Trial;

/**
 * Evaluates a study's trials one after the other: parents, known schedules, then proposals.
 *
 * <p>What the journal has finished is not done again, so a search goes on where it was cut off.
 */
final class Search {
  private final Study study;
  private final Workbench workbench;
  private final Family family;
  private final Map<Origin, Schedule> known;
  private final Optimizer optimizer;
  private final Clock clock;
  private final Map<Integer, Scores> scores = new HashMap<>();

  Search(
      Study study,
      Workbench workbench,
      Family family,
      Map<Origin, Schedule> known,
      Optimizer optimizer,
      Clock clock) {
    this.study = study;
    this.workbench = workbench;
    this.family = family;
    this.known = known;
    this.optimizer = optimizer;
    this.clock = clock;
  }

  /**
   * Runs until every trial is finished or it is told to stop.
   *
   * @param stop asked before each trial
   * @return whether every trial is finished
   */
  boolean run(Progress progress, BooleanSupplier stop) {
    int total = known.size() + study.spec().budget();
    int finished = 0;
    for (Origin origin : known.keySet()) {
      Optional<Trial> begun = study.find(origin);
      boolean replayed = begun.filter(Trial::finished).isPresent();
      if (!replayed && stop.getAsBoolean()) {
        return false;
      }
      Trial trial = begun.orElseGet(() -> study.begin(Candidate.known(origin)));
      progress.finished(replayed ? trial : evaluate(trial), ++finished, total, replayed);
    }
    for (Trial trial : proposals()) {
      if (trial.finished()) {
        progress.finished(trial, ++finished, total, true);
      }
    }
    while (finished < total) {
      if (stop.getAsBoolean()) {
        return false;
      }
      progress.finished(evaluate(nextProposal()), ++finished, total, false);
    }
    return true;
  }

  private List<Trial> proposals() {
    return study.trials().stream()
        .filter(trial -> trial.candidate().origin().equals(Origin.PROPOSAL))
        .toList();
  }

  /** The proposal that was cut off, else the optimizer's next. */
  private Trial nextProposal() {
    return proposals().stream()
        .filter(trial -> !trial.finished())
        .findFirst()
        .orElseGet(() -> study.begin(proposal(optimizer.ask(study.history()).get(0))));
  }

  private Candidate proposal(List<Double> point) {
    List<Param> params = new ArrayList<>();
    List<Double> values = family.values(point);
    for (int i = 0; i < values.size(); i++) {
      Scalar scalar = family.scalars().get(i);
      params.add(new Param(scalar.name(), values.get(i), scalar.low(), scalar.high()));
    }
    return Candidate.proposal(point, params);
  }

  private Trial evaluate(Trial trial) {
    long begun = clock.millis();
    Scores result;
    try {
      result = workbench.score(schedule(trial), Split.SEARCH);
    } catch (InputException e) {
      // The family has no schedule at this point, such as a division by zero; others may have one.
      return study.fail(trial, e.getMessage().replaceAll("\\R", " "));
    }
    double objective = result.objective();
    if (!Double.isFinite(objective)) {
      return study.fail(trial, "the score is " + objective);
    }
    scores.put(trial.number(), result);
    Map<String, Object> noted = new LinkedHashMap<>();
    noted.put("seconds", (clock.millis() - begun) / 1000.0);
    if (Double.isFinite(result.meanLogLikelihood())) {
      noted.put("mean_log_likelihood", result.meanLogLikelihood());
    }
    return study.complete(trial, outcome(result), noted);
  }

  private static Outcome outcome(Scores scores) {
    Map<String, List<Double>> items = new LinkedHashMap<>();
    for (TaskScores task : scores.tasks()) {
      items.put(task.task(), task.items().stream().map(ItemScore::value).toList());
    }
    return new Outcome(
        scores.objective(), scores.estimate().mean(), scores.estimate().standardError(), items);
  }

  /** The schedule that a trial evaluates. */
  Schedule schedule(Trial trial) {
    Candidate candidate = trial.candidate();
    if (candidate.origin().equals(Origin.PROPOSAL)) {
      return family.schedule(candidate.point(), workbench.layers());
    }
    Schedule schedule = known.get(candidate.origin());
    if (schedule == null) {
      throw new StudyException(
          "The journal has a trial \"%s\", expected one of %s."
              .formatted(candidate.origin(), known.keySet()));
    }
    return schedule;
  }

  /** A finished trial's scores on the search items; scored again if that was another process. */
  Scores searchScores(Trial trial) {
    return scores.computeIfAbsent(
        trial.number(), n -> workbench.score(schedule(trial), Split.SEARCH));
  }
}
