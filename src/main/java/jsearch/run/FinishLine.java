package jsearch.run;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.TimeLimit;
import jsearch.study.Trial;

/** Tells when a search has reached one of its limits. */
final class FinishLine {
  private final Limits limits;
  private final Duration before;
  private final Clock clock;
  private final long begun;

  /**
   * Limits for a search that goes on from now.
   *
   * @param before how much of the time was taken by processes before this one
   */
  FinishLine(Limits limits, Duration before, Clock clock) {
    this.limits = limits;
    this.before = before;
    this.clock = clock;
    this.begun = clock.millis();
  }

  /** Time that is left; empty where there is no limit. */
  Optional<Duration> left() {
    Duration taken = before.plusMillis(clock.millis() - begun);
    return limits.time().map(TimeLimit::duration).map(limit -> limit.minus(taken));
  }

  /** Whether the time is over. */
  boolean timeIsOver() {
    return left().filter(time -> time.isZero() || time.isNegative()).isPresent();
  }

  /**
   * The limit that these records reach: target or patience.
   *
   * <p>Once reached is reached, whatever is recorded after it, so that a study which ended does not
   * go on when it is resumed.
   *
   * @param trials of the study, in the order begun
   */
  Optional<Ending> reachedBy(List<Trial> trials) {
    double best = Double.NEGATIVE_INFINITY;
    int worse = 0;
    for (Trial trial : trials) {
      if (!trial.finished() || trial.candidate().origin().kind() == Origin.Kind.PARENT) {
        continue;
      }
      boolean complete = trial.state() == Trial.State.COMPLETE;
      if (complete && isEnough(trial.outcome().orElseThrow())) {
        return Optional.of(Ending.TARGET);
      }
      if (complete && trial.objective() > best) {
        best = trial.objective();
        worse = 0;
      } else if (trial.candidate().origin().equals(Origin.PROPOSAL)) {
        worse++;
      }
      if (worse >= limits.patience().orElse(Integer.MAX_VALUE)) {
        return Optional.of(Ending.PATIENCE);
      }
    }
    return Optional.empty();
  }

  private boolean isEnough(Outcome outcome) {
    return outcome.score() >= limits.target().orElse(Double.POSITIVE_INFINITY);
  }
}
