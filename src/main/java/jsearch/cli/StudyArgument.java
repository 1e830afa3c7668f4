package jsearch.cli;

import java.nio.file.Path;
import java.time.Clock;
import jsearch.report.StudyStatus;
import picocli.CommandLine.Parameters;

/** The study that a command is about. */
final class StudyArgument {
  @Parameters(paramLabel = "DIR", description = "Directory of the study, such as results/NAME.")
  private Path directory;

  Path directory() {
    return directory;
  }

  /**
   * How far it has come.
   *
   * @throws jsearch.study.StudyException when there is none, or it is damaged
   */
  StudyStatus status() {
    return StudyStatus.of(directory, Home.places(), Clock.systemDefaultZone());
  }
}
