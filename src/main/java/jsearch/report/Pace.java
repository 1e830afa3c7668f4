package jsearch.report;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jsearch.study.TimedTrial;

/** How fast a study's trials have followed each other, whenever and by how many workers. */
final class Pace {
  private record Interval(LocalDateTime begun, LocalDateTime ended) {}

  private Pace() {}

  /**
   * The time a trial has taken on average: that in which any trial ran, by the number of trials.
   *
   * <p>Trials that ran beside each other share their time; pauses of the study do not count.
   *
   * @return empty before a trial has noted how long it took
   */
  static Optional<Duration> of(List<TimedTrial> trials) {
    List<Interval> intervals =
        trials.stream()
            .filter(trial -> trial.took().isPresent())
            .map(Pace::interval)
            .sorted(Comparator.comparing(Interval::begun))
            .toList();
    if (intervals.isEmpty()) {
      return Optional.empty();
    }
    Duration busy = Duration.ZERO;
    LocalDateTime until = intervals.get(0).begun();
    for (Interval interval : intervals) {
      LocalDateTime from = interval.begun().isAfter(until) ? interval.begun() : until;
      if (interval.ended().isAfter(from)) {
        busy = busy.plus(Duration.between(from, interval.ended()));
        until = interval.ended();
      }
    }
    return Optional.of(busy.dividedBy(intervals.size()));
  }

  /** By its end: one that was cut off began long before it was run again. */
  private static Interval interval(TimedTrial trial) {
    LocalDateTime ended = trial.ended().orElseThrow();
    return new Interval(ended.minus(trial.took().orElseThrow()), ended);
  }
}
