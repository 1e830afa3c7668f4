package jsearch.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import jsearch.document.InputException;
import jsearch.document.Writer;
import jsearch.report.StudyMap;
import jsearch.report.StudyPage;
import jsearch.report.StudyStatus;
import jsearch.run.RecordedSchedules;
import jsearch.schedule.Schedule;
import jsearch.study.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows one study whole. */
@Command(
    name = "show",
    description = "Shows a study: its settings, the best merge, the top trials, its progress.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private StudyArgument study;

  @Option(names = "--json", description = "Print JSON; scores are fractions.")
  private boolean json;

  @Override
  public Integer call() {
    StudyStatus status = study.status();
    Optional<Schedule> schedule = status.standing().best().flatMap(best -> schedule(status, best));
    PrintWriter out = command.commandLine().getOut();
    out.print(
        json
            ? Writer.json(StudyMap.of(status, schedule))
            : Page.of(command.commandLine(), StudyPage.text(status, schedule)));
    out.flush();
    return ExitCode.OK;
  }

  private Optional<Schedule> schedule(StudyStatus status, Trial best) {
    try {
      return Optional.of(
          RecordedSchedules.of(status.snapshot().spec(), Home.places()).of(best, StudyPage.DEPTHS));
    } catch (InputException e) {
      command
          .commandLine()
          .getErr()
          .println("Warning: the schedule cannot be shown: " + e.getMessage());
      return Optional.empty();
    }
  }
}
