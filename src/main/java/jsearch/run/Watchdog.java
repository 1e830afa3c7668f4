package jsearch.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jsearch.study.Trial;

/**
 * Notices a trial that does not end, such as on a device that hangs.
 *
 * <p>A call into libtorch cannot be interrupted, so all there is to do is to tell, and in the end
 * to give up. Time is counted in ticks of about a second, not read from a clock: a machine that is
 * suspended does not tick.
 */
final class Watchdog implements AutoCloseable {
  /** How often longer than the longest trial so far is suspicious. */
  private static final int FACTOR = 10;

  /** How often longer than that is hopeless. */
  private static final int PATIENCE = 3;

  private static final Duration LEAST = Duration.ofMinutes(5);

  /** While no trial has ended: the first also compiles, and reads weights from the disk. */
  private static final Duration FIRST = Duration.ofMinutes(30);

  private final List<Watch> watches = new ArrayList<>();
  private ScheduledExecutorService ticker;
  private Duration longest;

  /** A trial that is evaluated. */
  private static final class Watch {
    private final Trial trial;
    private final String device;
    private long seconds;
    private boolean told;

    private Watch(Trial trial, String device) {
      this.trial = trial;
      this.device = device;
    }
  }

  /**
   * A watchdog that does not tick yet.
   *
   * @param before trials of the study; the longest of them is the measure
   */
  Watchdog(List<Trial> before) {
    longest =
        before.stream()
            .flatMapToDouble(trial -> trial.seconds().stream())
            .mapToObj(seconds -> Duration.ofMillis((long) (1000 * seconds)))
            .max(Duration::compareTo)
            .orElse(null);
  }

  /** Does the work of a trial, and watches it meanwhile. */
  <T> T watch(Trial trial, String device, Supplier<T> work) {
    Watch watch = new Watch(trial, device);
    begin(watch);
    try {
      return work.get();
    } finally {
      end(watch);
    }
  }

  private synchronized void begin(Watch watch) {
    watches.add(watch);
  }

  private synchronized void end(Watch watch) {
    watches.remove(watch);
    Duration taken = Duration.ofSeconds(watch.seconds);
    if (longest == null || taken.compareTo(longest) > 0) {
      longest = taken;
    }
  }

  /** Ticks every second from now on. */
  synchronized void start(Alarm alarm, String resumeCommand) {
    ticker = Executors.newSingleThreadScheduledExecutor(Watchdog::daemon);
    // With a delay: after a suspension the ticks that were missed are not made up for.
    ticker.scheduleWithFixedDelay(() -> tick(alarm, resumeCommand), 1, 1, TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "watchdog");
    thread.setDaemon(true);
    return thread;
  }

  /** A second has passed. */
  void tick(Alarm alarm, String resumeCommand) {
    for (Watch watch : late()) {
      if (watch.seconds >= PATIENCE * allowed().toSeconds()) {
        alarm.giveUp(
            """
            %s.
            A call to a device cannot be interrupted, so jsearch ends here; the journal is whole.
            Maybe reset the device or restart the machine, then go on with: %s"""
                .formatted(state(watch), resumeCommand));
      } else if (!watch.told) {
        watch.told = true;
        alarm.warn(
            "%s. Maybe the device hangs; jsearch ends when it has run for %s."
                .formatted(state(watch), words(allowed().multipliedBy(PATIENCE))));
      }
    }
  }

  private synchronized List<Watch> late() {
    watches.forEach(watch -> watch.seconds++);
    return watches.stream().filter(w -> w.seconds >= allowed().toSeconds()).toList();
  }

  private synchronized Duration allowed() {
    if (longest == null) {
      return FIRST;
    }
    Duration allowed = longest.multipliedBy(FACTOR);
    return allowed.compareTo(LEAST) < 0 ? LEAST : allowed;
  }

  private synchronized String state(Watch watch) {
    return "Trial %d has run on %s for %s without an end, %s"
        .formatted(
            watch.trial.number(),
            watch.device,
            words(Duration.ofSeconds(watch.seconds)),
            longest == null
                ? "and none has ended before"
                : "the longest before took " + words(longest));
  }

  private static String words(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + " s" : "%d min %d s".formatted(seconds / 60, seconds % 60);
  }

  @Override
  public synchronized void close() {
    if (ticker != null) {
      ticker.shutdownNow();
    }
  }
}
