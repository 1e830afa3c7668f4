package jsearch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import jsearch.document.InputException;
import jsearch.document.Writer;
import jsearch.report.RehearsalText;
import jsearch.run.Rehearsal;
import jsearch.run.SearchRequest;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Reports what a search would take, and runs none. */
record DryRun(CommandLine line, Clock clock, boolean json) {
  /**
   * Tries the search of this request, whose study would be in this place; returns the exit code.
   */
  int of(SearchRequest request, Path place) {
    Rehearsal plan = Rehearsal.of(request, clock);
    plan.warnings().forEach(warning -> line.getErr().println("Warning: " + warning));
    plan.notes().forEach(line.getErr()::println);
    LocalDateTime now = LocalDateTime.now(clock);
    PrintWriter out = line.getOut();
    out.print(
        json
            ? Writer.json(RehearsalText.map(plan, now, room(place)))
            : RehearsalText.text(plan, now, room(place)));
    out.flush();
    return ExitCode.OK;
  }

  /** Free bytes where a directory is, or would be made. */
  private static long room(Path place) {
    Path existing = place.toAbsolutePath().normalize();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isWritable(existing)) {
      throw new InputException(
          "%s cannot be written, expected a place for the study.\nMaybe name another by --out."
              .formatted(existing));
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(existing, e.getMessage()), e);
    }
  }
}
