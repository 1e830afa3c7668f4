package jsearch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jsearch.document.InputException;
import jsearch.document.Writer;
import jsearch.report.TrialRows;
import jsearch.study.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a study's trials for other programs. */
@Command(
    name = "export",
    description = {
      "Exports a study's trials for other programs, one row a trial.",
      "",
      "Scores are fractions: 0.7 is 70 points."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class ExportCommand implements Callable<Integer> {
  /** What it can write. */
  enum Format {
    CSV;

    @Override
    public String toString() {
      return "csv";
    }
  }

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
  private Format format;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "Directory of the study, such as results/NAME.")
  private Path directory;

  @Option(names = "--items", description = "One row a trial and item instead, with its score.")
  private boolean items;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to FILE in place of the standard output.")
  private Path file;

  @Override
  public Integer call() {
    Snapshot study = Snapshot.of(directory);
    String text =
        switch (format) {
          case CSV -> items ? TrialRows.items(study) : TrialRows.trials(study);
        };
    if (file == null) {
      PrintWriter out = command.commandLine().getOut();
      out.print(text);
      out.flush();
    } else {
      write(text);
    }
    return ExitCode.OK;
  }

  private void write(String text) {
    try {
      Writer.replace(file, text);
    } catch (IOException e) {
      throw InputException.unwritable(file, e);
    }
  }
}
