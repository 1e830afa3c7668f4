package jsearch.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import jsearch.run.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a search that was cut off. */
@Command(
    name = "resume",
    description = "Goes on with a search where it was cut off.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class ResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "DIR", description = "Directory of the study, such as results/NAME.")
  private Path directory;

  @Mixin private LimitOptions limits;
  @Mixin private ChangeOptions changes;
  @Mixin private EndingOptions ending;

  @Override
  public Integer call() {
    Clock clock = Clock.systemDefaultZone();
    Session session = changes.open(directory, limits.asked(), clock);
    return new SearchRunner(session, clock, command.commandLine(), ending).run();
  }
}
