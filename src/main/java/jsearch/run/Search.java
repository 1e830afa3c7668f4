package jsearch.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import jsearch.optimize.Optimizer;
import jsearch.schedule.Family;
import jsearch.schedule.Scalar;
import jsearch.schedule.Schedule;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Param;
import jsearch.study.Study;
import jsearch.study.Trial;

/**
 * Evaluates a study's trials one after the other: parents, known schedules, then proposals.
 *
 * <p>What the journal has finished is not done again, so a search goes on where it was cut off.
 */
final class Search {
  private final Study study;
  private final Family family;
  private final Map<Origin, Schedule> known;
  private final Optimizer optimizer;
  private final Scoring scoring;

  Search(
      Study study,
      Workbench workbench,
      Family family,
      Map<Origin, Schedule> known,
      Optimizer optimizer,
      Clock clock) {
    this.study = study;
    this.family = family;
    this.known = known;
    this.optimizer = optimizer;
    this.scoring = new Scoring(study, workbench, family, known, clock);
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
      progress.finished(replayed ? trial : scoring.evaluate(trial), ++finished, total, replayed);
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
      progress.finished(scoring.evaluate(nextProposal()), ++finished, total, false);
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

  /** What scores the trials, and keeps their scores. */
  Scoring scoring() {
    return scoring;
  }
}
