package jsearch.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import jsearch.study.Origin;
import jsearch.study.Selection;
import jsearch.study.Study;
import jsearch.study.Trial;

/**
 * Evaluates a study's candidates, as many at one time as there are evaluators.
 *
 * <p>What the journal has finished is not done again, so a search goes on where it was cut off.
 * Trials are recorded in the order begun, and the one that is W later begins right after: with W
 * evaluators the journal is the same whatever the order of finishing.
 */
final class Search {
  private final Study study;
  private final Candidates candidates;
  private final List<? extends Evaluator> evaluators;
  private final FinishLine finishLine;

  Search(
      Study study,
      Candidates candidates,
      List<? extends Evaluator> evaluators,
      FinishLine finishLine) {
    this.study = study;
    this.candidates = candidates;
    this.evaluators = List.copyOf(evaluators);
    this.finishLine = finishLine;
  }

  /**
   * Runs until every trial is finished, a limit is reached or it is told to stop.
   *
   * <p>When an evaluation throws, the others are dropped, and this throws the same once all have
   * ended.
   *
   * @param stop asked before each trial; running ones are finished
   * @param drop asked between batches on any thread; running ones are left unfinished
   */
  Ending run(Progress progress, BooleanSupplier stop, BooleanSupplier drop) {
    int total = candidates.total();
    int finished = 0;
    for (Trial trial : study.trials()) {
      if (trial.finished()) {
        progress.finished(trial, ++finished, total, true);
      }
    }
    Deque<Trial> cutOff = new ArrayDeque<>(study.unfinished());
    try (Window window = new Window(evaluators, drop)) {
      while (true) {
        Optional<Ending> ending = fill(window, cutOff, stop);
        if (window.isEmpty()) {
          return ending.orElseThrow();
        }
        progress.finished(window.next().record(study), ++finished, total, false);
      }
    } catch (CancellationException e) {
      return Ending.STOPPED;
    }
  }

  /** Begins trials while there is room; says why there will be no more, if so. */
  private Optional<Ending> fill(Window window, Deque<Trial> cutOff, BooleanSupplier stop) {
    while (window.hasRoom()) {
      Optional<Ending> ending = ending(!cutOff.isEmpty(), stop);
      if (ending.isPresent()) {
        return ending;
      }
      Optional<Trial> next =
          cutOff.isEmpty() ? candidates.next().map(study::begin) : Optional.of(cutOff.remove());
      if (next.isEmpty()) {
        break;
      }
      window.begin(assignment(next.get()));
    }
    return Optional.empty();
  }

  /**
   * Why no further trial begins, if so.
   *
   * @param cutOff whether a trial was cut off: it had begun before the records reached a limit
   */
  private Optional<Ending> ending(boolean cutOff, BooleanSupplier stop) {
    if (!cutOff && candidates.areSpent()) {
      return Optional.of(Ending.BUDGET);
    }
    Optional<Ending> reached = cutOff ? Optional.empty() : finishLine.reachedBy(study.trials());
    if (reached.isPresent()) {
      return reached;
    }
    if (stop.getAsBoolean()) {
      return Optional.of(Ending.STOPPED);
    }
    return finishLine.timeIsOver() ? Optional.of(Ending.TIME_LIMIT) : Optional.empty();
  }

  private Assignment assignment(Trial trial) {
    // What is recorded when this trial begins at the earliest, whatever has been recorded since.
    int recorded = Math.max(0, trial.number() + 1 - evaluators.size());
    List<Trial> before = study.trials().subList(0, recorded);
    boolean raced = study.spec().race() && trial.candidate().origin().equals(Origin.PROPOSAL);
    return new Assignment(
        trial, raced ? Selection.incumbent(before) : Optional.empty(), batchTokens(before));
  }

  /** What batches may hold since memory was too small for more, by the notes of these trials. */
  static OptionalInt batchTokens(List<Trial> trials) {
    return trials.stream()
        .flatMap(trial -> Optional.ofNullable(trial.attributes().get(Trial.BATCH_TOKENS)).stream())
        .mapToInt(noted -> ((Number) noted).intValue())
        .min();
  }
}
