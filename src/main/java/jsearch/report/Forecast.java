package jsearch.report;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import jsearch.run.ParetoSet;
import jsearch.study.Selection;
import jsearch.study.Snapshot;
import jsearch.study.TimedTrial;
import jsearch.study.Trial;
import jsearch.study.Turn;

/**
 * How a search gets on: the one estimate that the bar, status, watch and list show.
 *
 * <p>Trials are dealt out to the workers at the pace of the latest ones, until the budget, the
 * deadline or the patience ends it; then the finalists are scored on the confirm items. Writing the
 * report takes no time beside that.
 */
final class Forecast {
  /** Parents, best global SLERP and winner. */
  private static final int FINALISTS = 4;

  private static final double MILLIS = 1e3;

  private final Snapshot study;
  private final LocalDateTime now;
  private final Pace pace;
  private final int workers;

  private Forecast(Snapshot study, LocalDateTime now, Pace pace) {
    this.study = study;
    this.now = now;
    this.pace = pace;
    this.workers = study.spec().compute().workers();
  }

  /** A forecast from what is known now; empty before a trial has ended. */
  static Optional<Forecast> of(Snapshot study, LocalDateTime now) {
    return Pace.of(study.timed(), study.spec().compute().workers(), since(study))
        .map(pace -> new Forecast(study, now, pace));
  }

  private static LocalDateTime since(Snapshot study) {
    return study.turn().map(Turn::begun).orElse(LocalDateTime.MIN);
  }

  /** The time from one trial to the next, several workers together. */
  Duration pace() {
    return Figures.seconds(pace.each());
  }

  /**
   * The time to the end of the search and its confirmation.
   *
   * @param total trials that the search has, if no limit ends it
   */
  Duration left(int total) {
    double search = search(total);
    double confirm = confirm(search > 0);
    return Figures.seconds(search > 0 ? search + confirm : Math.max(0, confirm - idle()));
  }

  /** Seconds until the last trial ends; 0 when none runs or is to begin. */
  private double search(int total) {
    PriorityQueue<Double> free = new PriorityQueue<>(Collections.nCopies(workers, 0.0));
    int running = 0;
    for (TimedTrial one : study.timed()) {
      if (one.ended().isEmpty()) {
        LocalDateTime begun = one.begun().isBefore(since(study)) ? since(study) : one.begun();
        free.poll();
        // A hair above 0, for it does run yet.
        free.add(Math.max(1 / MILLIS, pace.slot(workers) - seconds(begun, now)));
        running++;
      }
    }
    double allowed = allowed();
    for (int trial = running; trial < trialsLeft(total) && free.peek() < allowed; trial++) {
      free.add(free.poll() + pace.slot(workers));
    }
    return Collections.max(free);
  }

  /** Trials to be finished, if none is better than the best so far where that ends a search. */
  private int trialsLeft(int total) {
    List<Trial> finished = study.trials().stream().filter(Trial::finished).toList();
    int left = Math.max(0, total - finished.size());
    OptionalInt patience =
        study.turn().map(Turn::patience).orElse(study.spec().limits().patience());
    if (patience.isEmpty()) {
      return left;
    }
    Tally tally = Tally.of(study.trials(), study.spec().budget(), OptionalInt.of(total));
    int more = Math.max(0, patience.getAsInt() - Selection.sinceBest(finished));
    return Math.min(left, tally.knownLeft() + more);
  }

  /** Seconds in which trials may yet begin. */
  private double allowed() {
    return study
        .turn()
        .map(turn -> turn.deadline().map(end -> Duration.between(now, end)))
        .orElseGet(() -> study.spec().limits().time().map(t -> t.duration().minus(study.worked())))
        .map(time -> time.toMillis() / MILLIS)
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * Seconds that the finalists take on the confirm items, and on the search items again.
   *
   * @param open whether it is open which trials they are
   */
  private double confirm(boolean open) {
    double share = study.turn().map(Turn::confirmShare).orElse(0.0);
    if (share == 0) {
      return 0;
    }
    double merge = pace.mergeShare();
    double fresh = pace.whole(workers) * (merge + (1 - merge) * share);
    PriorityQueue<Double> free = new PriorityQueue<>(Collections.nCopies(workers, 0.0));
    Set<Integer> finalists = finalists();
    for (TimedTrial one : study.timed()) {
      if (finalists.contains(one.trial().number())) {
        // Scores that another process found are not kept.
        boolean again = one.ended().filter(end -> end.isBefore(since(study))).isPresent();
        free.add(free.poll() + fresh + (again ? pace.whole(workers) : 0));
      }
    }
    for (int more = finalists.size(); open && more < FINALISTS; more++) {
      free.add(free.poll() + fresh);
    }
    return Collections.max(free);
  }

  private Set<Integer> finalists() {
    List<Trial> trials = study.trials();
    Standing standing = Standing.of(trials);
    Set<Integer> finalists = new HashSet<>();
    Stream.of(standing.base(), standing.donor(), standing.bestGlobal(), standing.best())
        .forEach(found -> found.ifPresent(trial -> finalists.add(trial.number())));
    if (trials.stream().anyMatch(t -> t.outcome().filter(o -> !o.axes().isEmpty()).isPresent())) {
      Selection.paretoSet(trials).stream()
          .limit(ParetoSet.MOST_CONFIRMED)
          .forEach(trial -> finalists.add(trial.number()));
    }
    return finalists;
  }

  /** Seconds since the last trial ended. */
  private double idle() {
    return study.timed().stream()
        .flatMap(one -> one.ended().stream())
        .max(LocalDateTime::compareTo)
        .map(end -> seconds(end, now))
        .orElse(0.0);
  }

  private static double seconds(LocalDateTime from, LocalDateTime to) {
    return Duration.between(from, to).toMillis() / MILLIS;
  }
}
