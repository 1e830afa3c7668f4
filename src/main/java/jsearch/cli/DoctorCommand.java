package jsearch.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import jsearch.document.Writer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports what jsearch runs on. */
@Command(
    name = "doctor",
    description = {
      "Reports what jsearch runs on, and what to do about each problem.",
      "",
      "Exits with 2 where a problem keeps searches from running."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    List<Finding> findings = Diagnosis.ofThisMachine().findings();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.print(Writer.json(findings.stream().map(Finding::map).toList()));
    } else {
      findings.forEach(finding -> out.print(finding.text()));
    }
    out.flush();
    return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.PROBLEM)
        ? ExitCode.USAGE
        : ExitCode.OK;
  }
}
