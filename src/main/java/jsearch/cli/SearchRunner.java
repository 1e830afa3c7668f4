package jsearch.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import jsearch.compat.Compatibility;
import jsearch.run.Alarm;
import jsearch.run.Ending;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.study.StudyException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Runs an open session to its end; shared by search and resume. */
final class SearchRunner {
  private final Session session;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Page page;
  private final EndingOptions options;
  private final SearchReporter reporter;
  private final SearchEnding ending;

  SearchRunner(Session session, Clock clock, CommandLine line, EndingOptions options) {
    this.session = session;
    this.out = line.getOut();
    this.err = line.getErr();
    this.options = options;
    this.page = new Page(JSearch.screen(line.getCommandSpec()).out());
    this.reporter = new SearchReporter(session, clock, err);
    this.ending = new SearchEnding(session, out, page, options.json());
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
    try (Interruption interruption = new Interruption(reporter::stopping, this::cutOff);
        session) {
      session.notes().forEach(reporter::note);
      session.workbench().warnings().forEach(reporter::warn);
      Compatibility compatibility = session.workbench().compatibility();
      if (!options.json()) {
        reporter.introduce(compatibility, out, page);
      }
      session.watch(alarm());
      Ending why = runTrials(interruption);
      if (why == Ending.STOPPED) {
        ending.stopped();
        return interruption.exitCode();
      }
      reporter.warnOfFailures();
      ending.finished(verdict(compatibility), why);
      return ExitCode.OK;
    }
  }

  private Ending runTrials(Interruption interruption) {
    try {
      return session.run(reporter, interruption, interruption::hurry);
    } finally {
      reporter.show("");
    }
  }

  private Verdict verdict(Compatibility compatibility) {
    reporter.confirming();
    try {
      return session.verdict(compatibility);
    } finally {
      reporter.show("");
    }
  }

  /** The search heeds no signal, as when a device hangs; on a thread beside it. */
  private void cutOff() {
    ending.stopped();
    tellOfTheEnd();
  }

  private Alarm alarm() {
    return new Alarm() {
      @Override
      public void warn(String message) {
        reporter.warn(message);
      }

      @Override
      public void giveUp(String message) {
        reporter.fail(message);
        ending.failed(new StudyException(message));
        tellOfTheEnd();
        // An orderly exit would wait for a thread that hangs in native code.
        Runtime.getRuntime().halt(Main.STUDY_TROUBLE);
      }
    };
  }

  private void tellOfTheEnd() {
    Map<String, String> told = ending.told();
    reporter.ended("%s: %s".formatted(told.get("JSEARCH_STATE"), told.get("JSEARCH_MESSAGE")));
    options
        .command()
        .ifPresent(command -> new Notification(command, err, reporter::warn).send(told));
  }
}
