package jsearch.run;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import jsearch.document.InputException;
import jsearch.eval.Estimate;
import jsearch.eval.ItemScore;
import jsearch.eval.PairedDifference;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.TaskScores;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Scored;
import jsearch.study.Selection;
import jsearch.study.Timing;
import jsearch.study.Trial;
import jsearch.torch.Phase;
import jsearch.torch.Stopwatch;

/**
 * Scores trials on the search items and keeps the scores that are asked for again.
 *
 * <p>In a race a proposal is dropped on the way when it is clearly worse than the best merge so far
 * on the same items. Parents and known schedules are always scored whole. Several workers use it at
 * a time, each with a workbench of its own.
 */
final class Scoring {
  private final Schedules schedules;
  private final Clock clock;

  /** Of the trials that can be rivals or finalists, by number. */
  private final Map<Integer, Scores> kept = new ConcurrentHashMap<>();

  private final Map<Origin, Scores> parents = new ConcurrentHashMap<>();

  Scoring(Schedules schedules, Clock clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  /** What the six scalars mean. */
  Family family() {
    return schedules.family();
  }

  /** The schedule that a trial evaluates. */
  Schedule schedule(Trial trial) {
    return schedules.of(trial);
  }

  /** Evaluates a running trial; the result knows how it is to be recorded. */
  Result evaluate(Workbench workbench, Assignment assignment) {
    workbench.limitBatches(assignment.batchTokens());
    int batchTokens = workbench.batchTokens();
    Optional<Scores> best = scoresToCompareWith(workbench, assignment);
    Trial trial = assignment.trial();
    SortedMap<Integer, Double> way = new TreeMap<>();
    Predicate<Scores> goesOn = soFar -> best.isEmpty() || goesOn(workbench, soFar, best.get(), way);
    Stopwatch stopwatch = new Stopwatch(clock);
    Scores result;
    try {
      result =
          workbench.timed(
              stopwatch,
              () ->
                  isParent(trial)
                      ? parent(workbench, trial.candidate().origin())
                      : workbench.score(schedules.of(trial), Split.SEARCH, goesOn));
    } catch (InputException e) {
      // The family has no schedule at this point, such as a division by zero; others may have one.
      return study -> study.fail(trial, e.getMessage().replaceAll("\\R", " "));
    }
    Scores judged = judged(workbench, result);
    Map<String, Object> noted = notes(judged, stopwatch);
    if (workbench.batchTokens() < batchTokens) {
      noted.put(Trial.BATCH_TOKENS, workbench.batchTokens());
    }
    return result.items().size() < workbench.items(Split.SEARCH)
        ? dropped(assignment, judged, toBest(result, best.get()), noted, way)
        : whole(trial, judged, noted, way);
  }

  /** The rival's, scored before the candidate is written, as scoring them writes over it. */
  private Optional<Scores> scoresToCompareWith(Workbench workbench, Assignment assignment) {
    if (workbench.objective().isAgainstParents()) {
      parent(workbench, Origin.BASE);
      parent(workbench, Origin.DONOR);
    }
    return assignment.rival().map(rival -> searchScores(workbench, rival));
  }

  private static Result dropped(
      Assignment assignment,
      Scores judged,
      PairedDifference toBest,
      Map<String, Object> noted,
      SortedMap<Integer, Double> way) {
    Trial trial = assignment.trial();
    if (!Double.isFinite(judged.objective())) {
      return failed(trial, judged);
    }
    double standIn = assignment.rival().orElseThrow().objective() + toBest.estimate().mean();
    return study -> study.prune(trial, scored(judged, standIn, noted, way));
  }

  private Result whole(
      Trial trial, Scores judged, Map<String, Object> noted, SortedMap<Integer, Double> way) {
    double objective = judged.objective();
    if (!Double.isFinite(objective)) {
      return failed(trial, judged);
    }
    return study -> {
      Trial done = study.complete(trial, scored(judged, objective, noted, way));
      keep(done, judged, study.trials());
      return done;
    };
  }

  private static Result failed(Trial trial, Scores judged) {
    return study -> study.fail(trial, "the score is " + judged.objective());
  }

  /** Keeps what may be asked for again, which is little however many trials there are. */
  private void keep(Trial trial, Scores scores, List<Trial> trials) {
    boolean known = !trial.candidate().origin().equals(Origin.PROPOSAL);
    boolean best =
        scores.axes().isEmpty()
            ? Selection.incumbent(trials).equals(Optional.of(trial))
            : Selection.isUnbeaten(trial, trials);
    if (known || best) {
      kept.put(trial.number(), scores);
    }
  }

  /** Whether a candidate can still be the best; one whose score is broken cannot. */
  private boolean goesOn(Workbench workbench, Scores soFar, Scores best, Map<Integer, Double> way) {
    Scores judged = judged(workbench, soFar);
    if (!Double.isFinite(judged.objective())) {
      return false;
    }
    way.put(soFar.items().size(), judged.estimate().mean());
    return !workbench.race().orElseThrow().drops(toBest(soFar, best));
  }

  private static PairedDifference toBest(Scores soFar, Scores best) {
    return PairedDifference.between(soFar, best.first(soFar));
  }

  private Map<String, Object> notes(Scores result, Stopwatch stopwatch) {
    Map<String, Object> noted = new LinkedHashMap<>();
    Duration took = stopwatch.elapsed();
    noted.put(Trial.SECONDS, took.toMillis() / 1000.0);
    noted.put(Timing.NAME, timing(took, stopwatch).toMap());
    double degrees = result.estimate().degrees();
    if (Double.isFinite(degrees)) {
      noted.put(Trial.DEGREES, degrees);
    }
    if (Double.isFinite(result.meanLogLikelihood())) {
      noted.put("mean_log_likelihood", result.meanLogLikelihood());
    }
    return noted;
  }

  private static Timing timing(Duration took, Stopwatch stopwatch) {
    return Timing.of(
        took,
        stopwatch.spent(Phase.MERGE),
        stopwatch.spent(Phase.PREFILL),
        stopwatch.spent(Phase.DECODE));
  }

  private static Scored scored(
      Scores scores, double objective, Map<String, Object> noted, SortedMap<Integer, Double> way) {
    Estimate estimate = scores.estimate();
    Outcome outcome =
        new Outcome(
            objective,
            estimate.mean(),
            estimate.standardError(),
            scores.items().size(),
            scores.axes().stream().map(axis -> scores.axis(axis).estimate().mean()).toList());
    Map<String, List<Double>> items = new LinkedHashMap<>();
    for (TaskScores task : scores.tasks()) {
      items.put(task.task(), task.items().stream().map(ItemScore::value).toList());
    }
    return new Scored(outcome, items, noted, way);
  }

  /** A complete trial's scores on the search items; scored again if that was another process. */
  Scores searchScores(Workbench workbench, Trial trial) {
    return kept.computeIfAbsent(
        trial.number(), n -> judged(workbench, score(workbench, trial, Split.SEARCH)));
  }

  /** The scores of a trial's candidate, or of the parent that it is, on all items of a split. */
  Scores score(Workbench workbench, Trial trial, Split split) {
    return isParent(trial)
        ? workbench.score(trial.candidate().origin(), split)
        : workbench.score(schedules.of(trial), split);
  }

  private static boolean isParent(Trial trial) {
    return trial.candidate().origin().kind() == Origin.Kind.PARENT;
  }

  /** The scores, seen from the parents' on the same items where the objective asks for that. */
  private Scores judged(Workbench workbench, Scores result) {
    return workbench.objective().isAgainstParents()
        ? result.against(
            parent(workbench, Origin.BASE).first(result),
            parent(workbench, Origin.DONOR).first(result))
        : result;
  }

  private Scores parent(Workbench workbench, Origin origin) {
    return parents.computeIfAbsent(origin, o -> workbench.score(o, Split.SEARCH));
  }
}
