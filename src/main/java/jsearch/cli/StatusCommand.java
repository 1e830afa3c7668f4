package jsearch.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import jsearch.document.Writer;
import jsearch.report.StatusReport;
import jsearch.report.StudyStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how far a search has come, during the run or afterwards. */
@Command(
    name = "status",
    description = "Shows how far a search has come, during the run or afterwards.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private StudyArgument study;

  @Option(names = "--json", description = "Print JSON; scores are fractions.")
  private boolean json;

  @Override
  public Integer call() {
    StudyStatus status = study.status();
    PrintWriter out = command.commandLine().getOut();
    out.print(
        json
            ? Writer.json(StatusReport.map(status))
            : Page.of(command.commandLine(), StatusReport.text(status)));
    out.flush();
    return ExitCode.OK;
  }
}
