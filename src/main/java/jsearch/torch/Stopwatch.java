package jsearch.torch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Where the wall time of some work goes; what is no phase is the rest. */
public final class Stopwatch {
  private final Clock clock;
  private final Instant begun;
  private final Map<Phase, Duration> spent = new EnumMap<>(Phase.class);

  /** Begins. */
  public Stopwatch(Clock clock) {
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** Time since the beginning. */
  public Duration elapsed() {
    return since(begun);
  }

  /** Time that went into a phase. */
  public synchronized Duration spent(Phase phase) {
    return spent.getOrDefault(phase, Duration.ZERO);
  }

  /** Does work that is all of one phase. */
  public void time(Phase phase, Runnable work) {
    Instant start = clock.instant();
    work.run();
    add(phase, since(start));
  }

  /** Begins a job of several phases, whose batches may run side by side. */
  public Laps laps() {
    return new Laps(this);
  }

  synchronized void add(Phase phase, Duration time) {
    spent.merge(phase, time, Duration::plus);
  }

  Instant now() {
    return clock.instant();
  }

  Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }
}
