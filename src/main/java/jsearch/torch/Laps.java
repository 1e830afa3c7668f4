package jsearch.torch;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The phases of one job.
 *
 * <p>Batches may run side by side, so the times of their threads add up to more than the job took:
 * its wall time is divided as those times stand to each other.
 */
public final class Laps {
  private final Stopwatch stopwatch;
  private final Instant begun;
  private final Map<Phase, LongAdder> phases = new EnumMap<>(Phase.class);
  private final LongAdder batches = new LongAdder();

  Laps(Stopwatch stopwatch) {
    this.stopwatch = stopwatch;
    begun = stopwatch.now();
    for (Phase phase : Phase.values()) {
      phases.put(phase, new LongAdder());
    }
  }

  /** Does the work of a batch, on any thread. */
  public void batch(Runnable work) {
    Instant start = stopwatch.now();
    work.run();
    batches.add(stopwatch.since(start).toNanos());
  }

  /** Does a part of a batch that is all of one phase. */
  public <T> T time(Phase phase, Supplier<T> work) {
    Instant start = stopwatch.now();
    T result = work.get();
    phases.get(phase).add(stopwatch.since(start).toNanos());
    return result;
  }

  /** The job is done. */
  public void end() {
    double wall = stopwatch.since(begun).toNanos();
    double all = batches.sum();
    if (all > 0) {
      phases.forEach(
          (phase, time) ->
              stopwatch.add(phase, Duration.ofNanos(Math.round(wall * time.sum() / all))));
    }
  }
}
