package jsearch.report;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import jsearch.run.Progress;
import jsearch.study.Trial;

/** The line that is rewritten while a search runs: bar, trial, best so far, time left. */
public final class ProgressBar implements Progress {
  private static final int WIDTH = 24;

  private final Clock clock;
  private final Consumer<String> line;
  private final long begun;
  private int replays;
  private Optional<Trial> best = Optional.empty();

  /**
   * A bar that hands each new line to {@code line}.
   *
   * @param clock tells how long trials take
   */
  public ProgressBar(Clock clock, Consumer<String> line) {
    this.clock = clock;
    this.line = line;
    this.begun = clock.millis();
  }

  @Override
  public void finished(Trial trial, int finished, int total, boolean replayed) {
    if (replayed) {
      replays++;
    }
    boolean scored = trial.outcome().isPresent();
    if (scored && best.filter(b -> b.objective() >= trial.objective()).isEmpty()) {
      best = Optional.of(trial);
    }
    int filled = WIDTH * finished / total;
    line.accept(
        String.format(
            Locale.ROOT,
            "%s%s trial %d/%d  best %s  %s left",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            finished,
            total,
            best.map(ProgressBar::score).orElse("?"),
            left(finished, total)));
  }

  private static String score(Trial trial) {
    return String.format(
        Locale.ROOT, "%.1f (%s)", 100 * trial.objective(), trial.candidate().origin());
  }

  private String left(int finished, int total) {
    int timed = finished - replays;
    if (timed == 0) {
      return "?";
    }
    long each = (clock.millis() - begun) / timed;
    return Figures.duration(Duration.ofMillis(each * (total - finished)));
  }
}
