package jsearch.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import jsearch.compat.Compatibility;
import jsearch.eval.Split;
import jsearch.report.ProgressBar;
import jsearch.report.SearchLog;
import jsearch.report.Terminal;
import jsearch.run.Progress;
import jsearch.run.Session;
import jsearch.study.Trial;

/** Tells how a search goes: on the terminal, and in the log beside its journal. */
final class SearchReporter implements Progress {
  private final Session session;
  private final StatusLine status;
  private final SearchLog log;
  private final ProgressBar bar;

  /** Begins the log with what the search runs on. */
  SearchReporter(Session session, Clock clock, PrintWriter err) {
    this.session = session;
    this.status = new StatusLine(err);
    this.log = new SearchLog(session.study()::snapshot, clock, status::warn);
    this.bar = new ProgressBar(session.study()::snapshot, clock, status::show);
    log.begins(
        "Java %s on %s %s"
            .formatted(
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch")));
  }

  /** Prints what is searched, and how well the parents fit. */
  void introduce(Compatibility compatibility, PrintWriter out, Page page) {
    String searching =
        String.format(
            Locale.ROOT,
            "Searching %s in %s on %s: %d items (%,d tokens) a trial, %d to confirm.",
            session.family().name(),
            session.study().directory(),
            session.study().spec().compute().device(),
            session.workbench().items(Split.SEARCH),
            session.workbench().tokens(Split.SEARCH),
            session.workbench().items(Split.CONFIRM));
    out.println(page.text(searching));
    out.print(page.text(Terminal.target(session.limits())));
    out.println(page.text(Terminal.compatibility(compatibility)));
    out.flush();
  }

  @Override
  public void finished(Trial trial, int finished, int total, boolean replayed) {
    log.finished(trial, finished, total, replayed);
    bar.finished(trial, finished, total, replayed);
  }

  /** The trials are done, their confirmation begins. */
  void confirming() {
    bar.confirming();
  }

  @Override
  public void paused(String why) {
    warn(why);
  }

  /** Shows what is being done, in place of the bar; nothing where the text is empty. */
  void show(String text) {
    status.show(text);
  }

  /** Says what was done. */
  void note(String note) {
    status.tell(note);
    log.tell(note);
  }

  /** Tells of trouble that stops nothing. */
  void warn(String warning) {
    status.warn(warning);
    log.tell("warning: " + warning);
  }

  /** Tells of trouble that ends the search at once. */
  void fail(String message) {
    status.tell("jsearch: " + message);
  }

  /** A signal asks the search to stop. */
  void stopping() {
    log.tell("a signal to stop");
    status.tell(
        "Stopping; what runs has %d s to finish, a second signal ends at once. Go on later with: %s"
            .formatted(Interruption.PATIENCE_SECONDS, session.study().resumeCommand()));
  }

  /** Warns once of all trials that have failed. */
  void warnOfFailures() {
    List<Trial> trials = session.study().trials();
    List<Trial> failed =
        trials.stream().filter(trial -> trial.state() == Trial.State.FAIL).toList();
    if (!failed.isEmpty()) {
      Trial first = failed.get(0);
      warn(
          "%d of %d trials failed; the first was trial %d (%s): %s"
              .formatted(
                  failed.size(),
                  trials.size(),
                  first.number(),
                  first.candidate().origin(),
                  first.attributes().get(Trial.REASON)));
    }
  }

  /** The last line of the log. */
  void ended(String how) {
    log.tell(how);
  }
}
