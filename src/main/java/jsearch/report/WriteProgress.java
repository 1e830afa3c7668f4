package jsearch.report;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** The line that is rewritten while a checkpoint is written: bar, bytes, rate, time left. */
public final class WriteProgress {
  private static final int WIDTH = 24;
  private static final long MILLIS_A_LINE = 100;

  private final Clock clock;
  private final Consumer<String> line;
  private final long begun;
  private long shown;

  /**
   * A bar that hands each new line to {@code line}, ten a second at most.
   *
   * @param clock tells how long writing takes
   */
  public WriteProgress(Clock clock, Consumer<String> line) {
    this.clock = clock;
    this.line = line;
    this.begun = clock.millis();
    this.shown = begun;
  }

  /** So many bytes are written of so many. */
  public void written(long bytes, long total) {
    long now = clock.millis();
    if (now - shown < MILLIS_A_LINE) {
      return;
    }
    shown = now;
    int filled = (int) (WIDTH * bytes / total);
    double rate = bytes / ((now - begun) / 1e3);
    line.accept(
        String.format(
            Locale.ROOT,
            "%s%s %.1f of %.1f GB  %.2f GB/s  %s left",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            bytes / 1e9,
            total / 1e9,
            rate / 1e9,
            Figures.duration(Duration.ofMillis((long) ((total - bytes) / rate * 1e3)))));
  }
}
