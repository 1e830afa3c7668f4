package jsearch.run;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jsearch.document.InputException;
import jsearch.eval.Estimate;
import jsearch.eval.ItemScore;
import jsearch.eval.Objective;
import jsearch.eval.PairedDifference;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.TaskScores;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Selection;
import jsearch.study.Study;
import jsearch.study.StudyException;
import jsearch.study.Trial;

/**
 * Scores a study's trials on the search items and keeps their scores.
 *
 * <p>In a race a proposal is dropped on the way when it is clearly worse than the best merge so far
 * on the same items. Parents and known schedules are always scored whole.
 */
final class Scoring {
  private final Study study;
  private final Workbench workbench;
  private final Family family;
  private final Map<Origin, Schedule> known;
  private final Clock clock;
  private final Map<Integer, Scores> scores = new HashMap<>();
  private final Map<Origin, Scores> parents = new HashMap<>();

  Scoring(
      Study study, Workbench workbench, Family family, Map<Origin, Schedule> known, Clock clock) {
    this.study = study;
    this.workbench = workbench;
    this.family = family;
    this.known = known;
    this.clock = clock;
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

  /** Evaluates a running trial; returns it finished. */
  Trial evaluate(Trial trial) {
    // Known before the candidate is written, as scoring them writes over it.
    Optional<Trial> rival = rival(trial);
    Optional<Scores> best = rival.map(this::searchScores);
    if (workbench.objective() == Objective.GAIN) {
      parent(KnownSchedules.BASE);
      parent(KnownSchedules.DONOR);
    }
    SortedMap<Integer, Double> way = new TreeMap<>();
    long begun = clock.millis();
    Scores result;
    try {
      Schedule schedule = schedule(trial);
      result =
          best.isEmpty()
              ? workbench.score(schedule, Split.SEARCH)
              : workbench.score(schedule, Split.SEARCH, soFar -> goesOn(soFar, best.get(), way));
    } catch (InputException e) {
      // The family has no schedule at this point, such as a division by zero; others may have one.
      return study.fail(trial, e.getMessage().replaceAll("\\R", " "));
    }
    Scores judged = judged(result);
    double objective = judged.objective();
    if (!Double.isFinite(objective)) {
      return study.fail(trial, "the score is " + objective);
    }
    Map<String, Object> noted = notes(judged, begun);
    if (result.items().size() < workbench.items(Split.SEARCH)) {
      double standIn = rival.get().objective() + toBest(result, best.get()).estimate().mean();
      return study.prune(trial, outcome(judged, standIn), items(judged), noted, way);
    }
    scores.put(trial.number(), judged);
    return study.complete(trial, outcome(judged, objective), items(judged), noted, way);
  }

  /** The trial that this one has to beat on the way; empty for what is always scored whole. */
  private Optional<Trial> rival(Trial trial) {
    boolean raced =
        workbench.race().isPresent() && trial.candidate().origin().equals(Origin.PROPOSAL);
    return raced ? Selection.incumbent(study.trials()) : Optional.empty();
  }

  /** Whether a candidate can still be the best; one whose score is broken cannot. */
  private boolean goesOn(Scores soFar, Scores best, Map<Integer, Double> way) {
    Scores judged = judged(soFar);
    if (!Double.isFinite(judged.objective())) {
      return false;
    }
    way.put(soFar.items().size(), judged.estimate().mean());
    return !workbench.race().orElseThrow().drops(toBest(soFar, best));
  }

  private static PairedDifference toBest(Scores soFar, Scores best) {
    return PairedDifference.between(soFar, best.first(soFar));
  }

  private Map<String, Object> notes(Scores result, long begun) {
    Map<String, Object> noted = new LinkedHashMap<>();
    noted.put("seconds", (clock.millis() - begun) / 1000.0);
    if (Double.isFinite(result.meanLogLikelihood())) {
      noted.put("mean_log_likelihood", result.meanLogLikelihood());
    }
    return noted;
  }

  private static Outcome outcome(Scores scores, double objective) {
    Estimate estimate = scores.estimate();
    return new Outcome(objective, estimate.mean(), estimate.standardError(), scores.items().size());
  }

  private static Map<String, List<Double>> items(Scores scores) {
    Map<String, List<Double>> items = new LinkedHashMap<>();
    for (TaskScores task : scores.tasks()) {
      items.put(task.task(), task.items().stream().map(ItemScore::value).toList());
    }
    return items;
  }

  /** A complete trial's scores on the search items; scored again if that was another process. */
  Scores searchScores(Trial trial) {
    return scores.computeIfAbsent(
        trial.number(), n -> judged(workbench.score(schedule(trial), Split.SEARCH)));
  }

  /** The scores, seen from the parents' on the same items where the objective asks for that. */
  private Scores judged(Scores result) {
    return workbench.objective() == Objective.GAIN
        ? result.against(
            parent(KnownSchedules.BASE).first(result), parent(KnownSchedules.DONOR).first(result))
        : result;
  }

  private Scores parent(Origin origin) {
    return parents.computeIfAbsent(origin, o -> workbench.score(known.get(o), Split.SEARCH));
  }
}
