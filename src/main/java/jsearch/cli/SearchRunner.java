package jsearch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import jsearch.compat.Compatibility;
import jsearch.document.Writer;
import jsearch.eval.Split;
import jsearch.report.ProgressBar;
import jsearch.report.Results;
import jsearch.report.Terminal;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.study.StudyException;
import picocli.CommandLine.ExitCode;

/** Runs an open session to its end and shows how it goes; shared by search and resume. */
final class SearchRunner {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean terminal = Boolean.getBoolean("jsearch.terminal");

  SearchRunner(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** Returns the exit code. */
  int run(Session session, Clock clock) {
    Path directory = session.study().directory();
    try (Interruption interruption =
        new Interruption(() -> err.println("\nStopping after the running trial ..."))) {
      session.workbench().warnings().forEach(this::warn);
      Compatibility compatibility = session.workbench().compatibility();
      introduce(session, compatibility);
      ProgressBar bar = new ProgressBar(clock, this::progress);
      boolean whole = session.search().run(bar, interruption);
      progress("");
      if (!whole) {
        err.println("Stopped; nothing is lost. Go on with: jsearch resume %s".formatted(directory));
        return Interruption.EXIT_CODE;
      }
      Verdict verdict =
          Verdict.of(session.study(), session.search(), session.workbench(), compatibility);
      finish(session, verdict);
      return ExitCode.OK;
    }
  }

  private void introduce(Session session, Compatibility compatibility) {
    if (json) {
      return;
    }
    out.printf(
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

  private void finish(Session session, Verdict verdict) {
    Map<String, Object> summary;
    try {
      summary = Results.write(session, verdict);
    } catch (IOException e) {
      throw new StudyException(
          "%s cannot be written: %s".formatted(session.study().directory(), e), e);
    }
    if (json) {
      out.print(Writer.json(summary));
      return;
    }
    out.println(Terminal.verdict(verdict));
    out.printf(
        "Files in %s: recipe.yaml (the best merge, for mergekit), summary.json, journal.log,"
            + " study.yaml%n",
        session.study().directory());
  }

  private void warn(String warning) {
    err.println("Warning: " + warning);
  }

  /** Rewrites the last line of the terminal; elsewhere progress is not shown. */
  private void progress(String line) {
    if (terminal) {
      err.print("\r\u001b[K" + line);
      err.flush();
    }
  }
}
