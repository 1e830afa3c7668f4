package jsearch.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jsearch.compat.Compatibility;
import jsearch.document.Writer;
import jsearch.eval.Split;
import jsearch.report.ProgressBar;
import jsearch.report.Results;
import jsearch.report.Terminal;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.study.Trial;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Runs an open session to its end and shows how it goes; shared by search and resume. */
final class SearchRunner {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final StatusLine status;

  SearchRunner(CommandLine line, boolean json) {
    this.out = line.getOut();
    this.err = line.getErr();
    this.json = json;
    this.status = new StatusLine(err);
  }

  /** Closes the session and returns the exit code. */
  int run(Session session, Clock clock) {
    // The session closes first: native memory is not freed while the machine goes down.
    try (Interruption interruption = new Interruption(() -> stopping(session));
        session) {
      session.workbench().warnings().forEach(warning -> err.println("Warning: " + warning));
      Compatibility compatibility = session.workbench().compatibility();
      introduce(session, compatibility);
      if (!search(session, clock, interruption)) {
        return Interruption.EXIT_CODE;
      }
      warnOfFailures(session.study().trials());
      finish(session, verdict(session, compatibility));
      return ExitCode.OK;
    }
  }

  private void stopping(Session session) {
    status.show("");
    err.printf(
        "Stopping; the running trial has %d s to finish. Go on later with: %s%n",
        Interruption.PATIENCE_SECONDS, session.study().resumeCommand());
  }

  private void warnOfFailures(List<Trial> trials) {
    List<Trial> failed = trials.stream().filter(trial -> trial.outcome().isEmpty()).toList();
    if (!failed.isEmpty()) {
      Trial first = failed.get(0);
      err.printf(
          "Warning: %d of %d trials failed; the first was trial %d (%s): %s%n",
          failed.size(),
          trials.size(),
          first.number(),
          first.candidate().origin(),
          first.attributes().get(Trial.REASON));
    }
  }

  private boolean search(Session session, Clock clock, Interruption interruption) {
    try {
      return session.run(new ProgressBar(clock, status::show), interruption);
    } finally {
      status.show("");
    }
  }

  private Verdict verdict(Session session, Compatibility compatibility) {
    status.show("Scoring the best and the parents on the confirm items ...");
    try {
      return session.verdict(compatibility);
    } finally {
      status.show("");
    }
  }

  private void introduce(Session session, Compatibility compatibility) {
    if (json) {
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

  private void finish(Session session, Verdict verdict) {
    Map<String, Object> summary = Results.write(session, verdict);
    if (json) {
      out.print(Writer.json(summary));
    } else {
      out.print(Terminal.verdict(verdict));
      session.savings().map(Terminal::savings).ifPresent(out::print);
      out.println(Terminal.score(verdict.compatibility()));
      out.printf(
          "Files in %s: recipe.yaml (the best merge, for mergekit), summary.json, journal.log,"
              + " items.log, study.yaml%n",
          session.study().directory());
    }
    out.flush();
  }
}
