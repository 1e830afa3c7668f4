package jsearch.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import jsearch.run.Progress;
import jsearch.study.Selection;
import jsearch.study.Trial;

/** The line that is rewritten while a search runs: bar, trial, best so far, pace, time left. */
public final class ProgressBar implements Progress {
  private static final int WIDTH = 24;

  private final Clock clock;
  private final Optional<Instant> deadline;
  private final Consumer<String> line;
  private final Instant begun;
  private int evaluated;
  private Optional<Trial> best = Optional.empty();

  /**
   * A bar that hands each new line to {@code line}.
   *
   * @param clock tells how long trials take
   * @param deadline when the search ends, whatever is left to do
   */
  public ProgressBar(Clock clock, Optional<Instant> deadline, Consumer<String> line) {
    this.clock = clock;
    this.deadline = deadline;
    this.line = line;
    this.begun = clock.instant();
  }

  @Override
  public void finished(Trial trial, int finished, int total, boolean replayed) {
    if (!replayed) {
      evaluated++;
    }
    List<Trial> rivals = new ArrayList<>(best.stream().toList());
    rivals.add(trial);
    best = Selection.incumbent(rivals);
    int filled = WIDTH * finished / total;
    line.accept(
        String.format(
            Locale.ROOT,
            "%s%s trial %d/%d  best %s  %s",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            finished,
            total,
            best.map(ProgressBar::score).orElse("?"),
            pace(total - finished)));
  }

  private static String score(Trial trial) {
    return "%s (%s)".formatted(Figures.score(trial.outcome().orElseThrow()), Figures.name(trial));
  }

  /** By the wall time of the trials of this process, so that several workers count as they do. */
  private String pace(int remaining) {
    if (evaluated == 0) {
      return "? left";
    }
    Instant now = clock.instant();
    Duration each = Duration.between(begun, now).dividedBy(evaluated);
    Duration left = each.multipliedBy(remaining);
    Duration allowed = deadline.map(end -> Duration.between(now, end)).orElse(left);
    Duration shorter = allowed.compareTo(left) < 0 ? allowed : left;
    return "%s  %s left"
        .formatted(
            Figures.pace(each), Figures.duration(shorter.isNegative() ? Duration.ZERO : shorter));
  }
}
