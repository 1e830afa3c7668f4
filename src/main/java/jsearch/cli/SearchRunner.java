package jsearch.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jsearch.compat.Compatibility;
import jsearch.eval.Split;
import jsearch.report.ProgressBar;
import jsearch.report.SearchLog;
import jsearch.report.Terminal;
import jsearch.run.Progress;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.study.Trial;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Runs an open session to its end and shows how it goes; shared by search and resume. */
final class SearchRunner {
  private final Session session;
  private final Clock clock;
  private final PrintWriter out;
  private final PrintWriter err;
  private final EndingOptions options;
  private final StatusLine status;
  private final SearchLog log;
  private final SearchEnding ending;

  SearchRunner(Session session, Clock clock, CommandLine line, EndingOptions options) {
    this.session = session;
    this.clock = clock;
    this.out = line.getOut();
    this.err = line.getErr();
    this.options = options;
    this.status = new StatusLine(err);
    this.log = new SearchLog(session.study().directory(), clock, status::warn);
    this.ending = new SearchEnding(session, out, options.json());
  }

  /** Closes the session and returns the exit code. */
  int run() {
    try {
      int code = search();
      tellOfTheEnd();
      return code;
    } catch (RuntimeException | Error e) {
      ending.failed(e);
      tellOfTheEnd();
      throw e;
    }
  }

  private int search() {
    // The session closes first: signals are heard until native memory is freed.
    try (Interruption interruption = new Interruption(this::stopping, this::cutOff);
        session) {
      log.begins(session.study().spec(), machine());
      session.workbench().warnings().forEach(this::warn);
      Compatibility compatibility = session.workbench().compatibility();
      introduce(compatibility);
      if (!runTrials(interruption)) {
        ending.stopped();
        return interruption.exitCode();
      }
      warnOfFailures(session.study().trials());
      ending.finished(verdict(compatibility));
      return ExitCode.OK;
    }
  }

  private static String machine() {
    return "Java %s on %s %s"
        .formatted(
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  private void stopping() {
    log.tell("a signal to stop");
    status.tell(
        "Stopping; what runs has %d s to finish, a second signal ends at once. Go on later with: %s"
            .formatted(Interruption.PATIENCE_SECONDS, session.study().resumeCommand()));
  }

  /** The search heeds no signal, as when a device hangs; on a thread beside it. */
  private void cutOff() {
    log.tell("cut off, as the running trial did not end");
    ending.stopped();
    tellOfTheEnd();
  }

  private void tellOfTheEnd() {
    log.tell(
        "%s: %s"
            .formatted(ending.told().get("JSEARCH_STATE"), ending.told().get("JSEARCH_MESSAGE")));
    options
        .command()
        .ifPresent(command -> new Notification(command, err, this::warn).send(ending.told()));
  }

  private void warn(String warning) {
    status.warn(warning);
    log.tell("warning: " + warning);
  }

  private void warnOfFailures(List<Trial> trials) {
    List<Trial> failed = trials.stream().filter(trial -> trial.outcome().isEmpty()).toList();
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

  /** Returns whether every trial is finished. */
  private boolean runTrials(Interruption interruption) {
    ProgressBar bar = new ProgressBar(clock, Optional.empty(), status::show);
    try {
      return session.run(told(bar), interruption);
    } finally {
      status.show("");
    }
  }

  /** Tells the log too. */
  private Progress told(ProgressBar bar) {
    return new Progress() {
      @Override
      public void finished(Trial trial, int finished, int total, boolean replayed) {
        log.finished(trial, finished, total, replayed);
        bar.finished(trial, finished, total, replayed);
      }

      @Override
      public void paused(String why) {
        warn(why);
      }
    };
  }

  private Verdict verdict(Compatibility compatibility) {
    status.show("Scoring the best and the parents on the confirm items ...");
    try {
      return session.verdict(compatibility);
    } finally {
      status.show("");
    }
  }

  private void introduce(Compatibility compatibility) {
    if (options.json()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "Searching %s in %s on %s: %d items (%,d tokens) a trial, %d to confirm.%n",
        session.family().name(),
        session.study().directory(),
        session.study().spec().compute().device(),
        session.workbench().items(Split.SEARCH),
        session.workbench().tokens(Split.SEARCH),
        session.workbench().items(Split.CONFIRM));
    out.println(Terminal.compatibility(compatibility));
    out.flush();
  }
}
