package jsearch.report;

import java.time.Clock;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jsearch.run.Progress;
import jsearch.study.Snapshot;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** What happened to a search, line by line, in {@code search.log} beside its journal. */
public final class SearchLog implements Progress {
  /** The file's name in the study's directory. */
  static final String NAME = "search.log";

  private final LogFile file;
  private final Supplier<Snapshot> study;

  /**
   * The log in a study's directory, appended to.
   *
   * @param study as it is now
   * @param trouble is told once when it cannot be written, which stops nothing
   */
  public SearchLog(Supplier<Snapshot> study, Clock clock, Consumer<String> trouble) {
    this.study = study;
    this.file = new LogFile(study.get().directory().resolve(NAME), clock, trouble);
  }

  /**
   * The search begins or goes on in this process.
   *
   * @param machine what it runs on, beside what the spec tells
   */
  public void begins(String machine) {
    StudySpec spec = study.get().spec();
    file.write(
        "process %d searches with %s on %s in %s, %s"
            .formatted(
                ProcessHandle.current().pid(),
                spec.versions(),
                spec.compute().device(),
                spec.compute().dtype(),
                machine));
    file.write(spec.repeatCommand());
  }

  @Override
  public void finished(Trial trial, int finished, int total, boolean replayed) {
    if (!replayed) {
      Snapshot now = study.get();
      Tally tally = Tally.of(now.trials(), now.spec().budget(), OptionalInt.of(total));
      file.write("%s: %s".formatted(tally, TrialLine.of(trial)));
    }
  }

  /** Anything else worth a line: a warning, a pause, a signal, the end. */
  public void tell(String text) {
    file.write(text);
  }
}
