package jsearch.run;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import jsearch.document.InputException;
import jsearch.eval.ItemScore;
import jsearch.eval.PairedDifference;
import jsearch.eval.Race;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.TaskScores;
import jsearch.schedule.Schedule;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Selection;
import jsearch.study.Study;
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
  private final Function<Trial, Schedule> schedules;
  private final Clock clock;
  private final Map<Integer, Scores> scores = new HashMap<>();

  /**
   * Scores trials of this study.
   *
   * @param schedules the schedule that a trial evaluates
   */
  Scoring(Study study, Workbench workbench, Function<Trial, Schedule> schedules, Clock clock) {
    this.study = study;
    this.workbench = workbench;
    this.schedules = schedules;
    this.clock = clock;
  }

  /** Evaluates a running trial; returns it finished. */
  Trial evaluate(Trial trial) {
    Optional<Trial> best = rival(trial);
    // Before the clock starts and the candidate is written: another process may have scored it.
    Optional<Scores> toBeat = best.map(this::searchScores);
    SortedMap<Integer, Double> way = new TreeMap<>();
    long begun = clock.millis();
    Scores result;
    try {
      result =
          workbench.score(
              schedules.apply(trial),
              Split.SEARCH,
              soFar -> {
                way.put(soFar.items().size(), soFar.estimate().mean());
                return toBeat.isEmpty() || goesOn(soFar, toBeat.get());
              });
    } catch (InputException e) {
      // The family has no schedule at this point, such as a division by zero; others may have one.
      return study.fail(trial, e.getMessage().replaceAll("\\R", " "));
    }
    double objective = result.objective();
    if (!Double.isFinite(objective)) {
      return study.fail(trial, "the score is " + objective);
    }
    Map<String, Object> noted = notes(result, begun);
    if (result.items().size() < workbench.items(Split.SEARCH)) {
      double told = best.get().objective() + toBest(result, toBeat.get()).estimate().mean();
      return study.prune(trial, outcome(result, told), noted, way);
    }
    scores.put(trial.number(), result);
    return study.complete(
        trial, outcome(result, objective), noted, toBeat.isEmpty() ? new TreeMap<>() : way);
  }

  /** The trial that this one has to beat on the way; empty for what is always scored whole. */
  private Optional<Trial> rival(Trial trial) {
    boolean raced =
        workbench.race().isPresent() && trial.candidate().origin().equals(Origin.PROPOSAL);
    return raced ? Selection.incumbent(study.trials()) : Optional.empty();
  }

  /** Whether a candidate can still be the best; one whose score is broken cannot. */
  private boolean goesOn(Scores soFar, Scores best) {
    Race race = workbench.race().orElseThrow();
    return Double.isFinite(soFar.objective()) && !race.drops(toBest(soFar, best));
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
    Map<String, List<Double>> items = new LinkedHashMap<>();
    for (TaskScores task : scores.tasks()) {
      items.put(task.task(), task.items().stream().map(ItemScore::value).toList());
    }
    return new Outcome(
        objective, scores.estimate().mean(), scores.estimate().standardError(), items);
  }

  /** A complete trial's scores on the search items; scored again if that was another process. */
  Scores searchScores(Trial trial) {
    return scores.computeIfAbsent(
        trial.number(), n -> workbench.score(schedules.apply(trial), Split.SEARCH));
  }
}
