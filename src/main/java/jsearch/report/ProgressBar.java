package jsearch.report;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jsearch.run.Progress;
import jsearch.study.Outcome;
import jsearch.study.Selection;
import jsearch.study.Snapshot;
import jsearch.study.Trial;

/** The line that is rewritten while a search runs: bar, trials, best so far, pace, time left. */
public final class ProgressBar implements Progress {
  private static final int WIDTH = 10;

  /** A line that is longer than a narrow terminal is not rewritten but repeated. */
  private static final int COLUMNS = 79;

  private final Supplier<Snapshot> study;
  private final Clock clock;
  private final Consumer<String> line;
  private Optional<Trial> best = Optional.empty();

  /**
   * A bar that hands each new line to {@code line}.
   *
   * @param study as it is now
   */
  public ProgressBar(Supplier<Snapshot> study, Clock clock, Consumer<String> line) {
    this.study = study;
    this.clock = clock;
    this.line = line;
  }

  @Override
  public void finished(Trial trial, int finished, int total, boolean replayed) {
    List<Trial> rivals = new ArrayList<>(best.stream().toList());
    rivals.add(trial);
    best = Selection.incumbent(rivals);
    if (!replayed) {
      line.accept(text(study.get(), total));
    }
  }

  /** Every trial is finished: the best and the parents are scored on the confirm items. */
  public void confirming() {
    Snapshot now = study.get();
    String left =
        Forecast.of(now, LocalDateTime.now(clock))
            .map(found -> ", " + Figures.duration(found.left(now.timed().size())) + " left")
            .orElse("");
    line.accept("Scoring the best and the parents on the confirm items%s ...".formatted(left));
  }

  private String text(Snapshot now, int total) {
    Tally tally = Tally.of(now.trials(), now.spec().budget(), OptionalInt.of(total));
    int filled = WIDTH * (tally.proposals() + tally.known()) / total;
    String begin =
        "%s%s %s  best %s"
            .formatted(
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                tally,
                best.map(ProgressBar::score).orElse("?"));
    Optional<Forecast> forecast = Forecast.of(now, LocalDateTime.now(clock));
    String pace = forecast.map(found -> "  " + Figures.pace(found.pace())).orElse("");
    String left = forecast.map(found -> Figures.duration(found.left(total))).orElse("?") + " left";
    String whole = begin + pace + "  " + left;
    return whole.length() <= COLUMNS ? whole : begin + "  " + left;
  }

  /** Without its interval, for which there is no room. */
  private static String score(Trial trial) {
    return "%s (%s)"
        .formatted(
            Figures.points(trial.outcome().map(Outcome::score).orElseThrow()), Figures.name(trial));
  }
}
