package jsearch.study;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * How long a study has been worked on: while at least one of its trials was evaluated.
 *
 * <p>Nights between two of its processes do not count: what a trial itself took is measured back
 * from its end, since a trial that was cut off begins before a break and ends after it.
 */
final class WorkingTime {
  private static final double NANOS = 1e9;

  private Duration total = Duration.ZERO;
  private LocalDateTime until = LocalDateTime.MIN;

  /** Adds a trial that took so long; trials are added in the order of their ends. */
  void add(double seconds, LocalDateTime ended) {
    add(ended.minus(Duration.ofNanos(Math.round(NANOS * seconds))), ended);
  }

  /** Adds a trial of which only the beginning and the end are known. */
  void add(LocalDateTime begun, LocalDateTime ended) {
    LocalDateTime from = begun.isAfter(until) ? begun : until;
    if (ended.isAfter(from)) {
      total = total.plus(Duration.between(from, ended));
      until = ended;
    }
  }

  Duration total() {
    return total;
  }
}
