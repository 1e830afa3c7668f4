package jsearch.report;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import jsearch.study.Origin;
import jsearch.study.TimedTrial;
import jsearch.study.Timing;
import jsearch.study.Trial;

/**
 * How fast a study's trials come, by the latest of them.
 *
 * <p>Medians, so that neither a pause nor a trial that something disturbed counts much. The first
 * trial of each worker is left out once there are others: it is slower than any after it.
 */
final class Pace {
  private static final int LATEST = 16;
  private static final double NANOS = 1e9;

  /** A finished trial, how long it took by itself, and when it ended. */
  private record Done(Trial trial, double seconds, LocalDateTime ended) {}

  private final List<Done> warm;
  private final double wall;

  private Pace(List<Done> warm, double wall) {
    this.warm = warm;
    this.wall = wall;
  }

  /**
   * The pace of these trials; empty before one has ended.
   *
   * @param timed all trials, in the order begun, which is that of their ends too
   * @param workers trials at one time
   * @param since when the present process began
   */
  static Optional<Pace> of(List<TimedTrial> timed, int workers, LocalDateTime since) {
    List<Done> done = new ArrayList<>();
    for (TimedTrial one : timed) {
      one.ended().ifPresent(end -> done.add(new Done(one.trial(), seconds(one, end, since), end)));
    }
    if (done.isEmpty()) {
      return Optional.empty();
    }
    long before = done.stream().filter(one -> one.ended.isBefore(since)).count();
    List<Done> warm = new ArrayList<>();
    for (int i = workers; i < done.size(); i++) {
      if (i < before || i >= before + workers) {
        warm.add(done.get(i));
      }
    }
    return Optional.of(new Pace(warm.isEmpty() ? done : warm, wall(done, workers, since)));
  }

  /** As noted; of a failed trial, from its beginning in the present process at the earliest. */
  private static double seconds(TimedTrial one, LocalDateTime end, LocalDateTime since) {
    LocalDateTime from = one.begun().isBefore(since) && end.isAfter(since) ? since : one.begun();
    return one.trial().seconds().orElse(between(from, end));
  }

  /**
   * What share of their own seconds trials take by the clock on the wall: what comes between them
   * makes it more, and workers make it less.
   *
   * <p>By rounds of one trial a worker, as workers may end together.
   */
  private static double wall(List<Done> done, int workers, LocalDateTime since) {
    List<Double> rounds = new ArrayList<>();
    for (int i = Math.max(workers, done.size() - LATEST); i < done.size(); i++) {
      LocalDateTime from = done.get(i - workers).ended;
      double own = done.subList(i - workers + 1, i + 1).stream().mapToDouble(Done::seconds).sum();
      if (own > 0 && (!from.isBefore(since) || done.get(i).ended.isBefore(since))) {
        rounds.add(between(from, done.get(i).ended) / own);
      }
    }
    return median(rounds).orElse(1.0 / workers);
  }

  private static double between(LocalDateTime from, LocalDateTime to) {
    return Math.max(0, Duration.between(from, to).toNanos() / NANOS);
  }

  private static OptionalDouble median(List<Double> values) {
    int size = values.size();
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .sorted()
        .skip(Math.max(0, (size - 1) / 2))
        .limit(2 - size % 2)
        .average();
  }

  /** Seconds by the clock from one trial to the next, all workers together. */
  double each() {
    return wall * expected();
  }

  /** The same after which one worker has the next trial. */
  double slot(int workers) {
    return workers * each();
  }

  /** The same, were every trial scored whole. */
  double whole(int workers) {
    return workers * wall * typical(Trial.State.COMPLETE).orElseGet(this::expected);
  }

  /** The share of a trial that it takes to write its weights, however many items are scored. */
  double mergeShare() {
    return Timing.mean(warm.stream().map(Done::trial).toList())
        .map(timing -> timing.merge() / Math.max(timing.total(), Double.MIN_NORMAL))
        .orElse(0.0);
  }

  /** Own seconds of a coming trial: a race drops it as often as it dropped the latest ones. */
  private double expected() {
    List<Done> proposals =
        latest(one -> one.trial.candidate().origin().equals(Origin.PROPOSAL), 2 * LATEST);
    List<Done> alike = proposals.isEmpty() ? latest(one -> true, LATEST) : proposals;
    double sum = 0;
    for (Done one : alike) {
      sum += typical(one.trial.state()).orElseThrow();
    }
    return sum / alike.size();
  }

  private OptionalDouble typical(Trial.State state) {
    return median(
        latest(one -> one.trial.state() == state, LATEST).stream().map(Done::seconds).toList());
  }

  private List<Done> latest(Predicate<Done> which, int most) {
    List<Done> found = warm.stream().filter(which).toList();
    return found.subList(Math.max(0, found.size() - most), found.size());
  }
}
