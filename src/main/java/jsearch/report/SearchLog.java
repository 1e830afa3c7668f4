package jsearch.report;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import jsearch.run.Progress;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** What happened to a search, line by line, in {@code search.log} beside its journal. */
public final class SearchLog implements Progress {
  /** The file's name in the study's directory. */
  static final String NAME = "search.log";

  private final LogFile file;

  /**
   * The log of the study in this directory, appended to.
   *
   * @param trouble is told once when it cannot be written, which stops nothing
   */
  public SearchLog(Path directory, Clock clock, Consumer<String> trouble) {
    this.file = new LogFile(directory.resolve(NAME), clock, trouble);
  }

  /**
   * The search begins or goes on in this process.
   *
   * @param machine what it runs on, beside what the spec tells
   */
  public void begins(StudySpec spec, String machine) {
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
      file.write("%d/%d: %s".formatted(finished, total, TrialLine.of(trial)));
    }
  }

  /** Anything else worth a line: a warning, a pause, a signal, the end. */
  public void tell(String text) {
    file.write(text);
  }
}
