package jsearch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jsearch.document.Writer;
import jsearch.report.StatusReport;
import jsearch.report.StudyStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how far a search has come, while it runs or afterwards. */
@Command(
    name = "status",
    description = "Tells how far a search has come, while it runs or afterwards.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "DIR", description = "Directory of the study, such as results/NAME.")
  private Path directory;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    StudyStatus status = StudyStatus.of(directory, Home.places());
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? Writer.json(StatusReport.map(status)) : StatusReport.text(status));
    out.flush();
    return ExitCode.OK;
  }
}
