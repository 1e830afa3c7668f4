package jsearch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jsearch.document.InputException;
import jsearch.document.Neighbours;
import jsearch.document.Writer;
import jsearch.report.StudyList;
import jsearch.report.StudyStatus;
import jsearch.study.Snapshot;
import jsearch.study.StudyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the studies of a directory. */
@Command(
    name = "list",
    description = "Lists the studies of a directory, one a line.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "results",
      description = "Directory of the studies (${DEFAULT-VALUE}).")
  private Path directory;

  @Option(names = "--json", description = "Print JSON; scores are fractions.")
  private boolean json;

  @Override
  public Integer call() {
    List<StudyStatus> studies = new ArrayList<>();
    for (Path study : studies()) {
      try {
        studies.add(StudyStatus.of(study, Home.places(), Clock.systemDefaultZone()));
      } catch (StudyException e) {
        command.commandLine().getErr().println("Warning: " + e.getMessage());
      }
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(
        json
            ? Writer.json(StudyList.maps(studies))
            : Page.of(command.commandLine(), StudyList.text(studies)));
    out.flush();
    return ExitCode.OK;
  }

  /** By name, where a number at its end counts as one: demo-2 before demo-10. */
  private List<Path> studies() {
    if (!Files.isDirectory(directory)) {
      throw new InputException(
          """
          %s is no directory, expected one that has studies in it.%s
          Maybe no search has run from here yet, or the studies are elsewhere."""
              .formatted(directory.toAbsolutePath(), Neighbours.hint(directory)));
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(Snapshot::isStudy)
          .sorted(
              Comparator.comparing((Path path) -> path.toString().replaceAll("\\d+$", ""))
                  .thenComparing(path -> path.toString().length())
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException e) {
      throw InputException.unreadable(directory, e);
    }
  }
}
