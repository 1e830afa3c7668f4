package jsearch.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import jsearch.report.StatusReport;
import jsearch.report.StudyStatus;
import jsearch.report.TrialLine;
import jsearch.study.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Follows a search that runs in another process, until it ends. */
@Command(
    name = "watch",
    description = {
      "Follows a running search until it ends; Ctrl-C leaves the search alone.",
      "",
      "Without a terminal it prints a line for each trial that finishes."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class WatchCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @Spec private CommandSpec command;

  @Mixin private StudyArgument study;

  private final boolean terminal = Boolean.getBoolean("jsearch.terminal");
  private final Set<Integer> told = new HashSet<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    StudyStatus status = study.status();
    finished(status, line -> {}); // What is over is in the status at the end.
    while (status.state() == StudyStatus.State.RUNNING) {
      redraw(StatusReport.text(status) + "Redrawn every %d s.".formatted(PAUSE.toSeconds()));
      Thread.sleep(PAUSE.toMillis());
      status = study.status();
      if (!terminal) {
        finished(status, out::println);
        out.flush();
      }
    }
    redraw("");
    out.print(Page.of(command.commandLine(), StatusReport.text(status)));
    out.flush();
    return ExitCode.OK;
  }

  private void redraw(String screen) {
    if (terminal) {
      PrintWriter err = command.commandLine().getErr();
      err.print(CLEAR + screen);
      err.flush();
    }
  }

  /** Tells each finished trial once. */
  private void finished(StudyStatus status, Consumer<String> line) {
    for (Trial trial : status.snapshot().trials()) {
      if (trial.finished() && told.add(trial.number())) {
        line.accept(TrialLine.of(trial));
      }
    }
  }
}
