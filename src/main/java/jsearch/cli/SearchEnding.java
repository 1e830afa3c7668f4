package jsearch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jsearch.document.Writer;
import jsearch.report.Results;
import jsearch.report.Standing;
import jsearch.report.Terminal;
import jsearch.run.Ending;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.study.Snapshot;
import jsearch.study.Trial;

/**
 * The end of a search, which comes once: its files, what is printed, and what others are told.
 *
 * <p>Another thread may end it as stopped while the search hangs.
 */
final class SearchEnding {
  private final Session session;
  private final PrintWriter out;
  private final Page page;
  private final boolean json;
  private final Map<String, String> told = new LinkedHashMap<>();

  SearchEnding(Session session, PrintWriter out, Page page, boolean json) {
    this.session = session;
    this.out = out;
    this.page = page;
    this.json = json;
  }

  /** The search has its result. */
  synchronized void finished(Verdict verdict, Ending why) {
    if (ended()) {
      return;
    }
    Path directory = session.study().directory();
    Map<String, Object> summary = Results.write(session, verdict, why);
    if (json) {
      out.print(Writer.json(summary));
    } else {
      out.print(Terminal.ending(why, session.study()));
      out.print(page.text(Terminal.verdict(verdict)));
      session.savings().map(Terminal::savings).ifPresent(out::print);
      out.print(page.text(Terminal.timing(session.study().snapshot())));
      out.println();
      out.println(
          page.text(
              "Files in %s: recipe.yaml (the best merge, for mergekit), summary.json, journal.log,"
                      .formatted(directory)
                  + " items.log, study.yaml"));
    }
    out.flush();
    tell(
        "finished",
        Optional.of(verdict.winner().trial()),
        verdict.betterThanParents()
            ? "better than the best parent"
            : "no better than the best parent");
  }

  /** The search was stopped on the way; tells how it stands, from what is on disk. */
  synchronized void stopped() {
    if (ended()) {
      return;
    }
    Snapshot snapshot = Snapshot.of(session.study().directory());
    Standing standing = Standing.of(snapshot.trials());
    tell("stopped", standing.best(), "go on with: " + snapshot.resumeCommand());
    Map<String, Object> summary = Results.writeInterim(session);
    if (json) {
      out.print(Writer.json(summary));
    } else {
      out.print(page.text(Terminal.stopped(snapshot)));
      out.print(page.text(standing.text()));
      out.print(Standing.NOTHING_CONFIRMED);
    }
    out.flush();
  }

  /** The search failed; what has failed is told elsewhere. */
  synchronized void failed(Throwable fault) {
    if (!ended()) {
      tell(
          "failed",
          Optional.empty(),
          fault.getMessage() == null ? fault.toString() : fault.getMessage());
    }
  }

  private boolean ended() {
    return !told.isEmpty();
  }

  private void tell(String state, Optional<Trial> best, String message) {
    told.put("JSEARCH_STUDY", session.study().directory().toAbsolutePath().normalize().toString());
    told.put("JSEARCH_STATE", state);
    told.put(
        "JSEARCH_BEST",
        best.flatMap(Trial::outcome).map(outcome -> String.valueOf(outcome.score())).orElse(""));
    told.put("JSEARCH_MESSAGE", message);
  }

  /** How it ended, as variables of an environment; empty before. */
  synchronized Map<String, String> told() {
    return Map.copyOf(told);
  }
}
