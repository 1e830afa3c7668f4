package jsearch.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import jsearch.run.Session;
import jsearch.study.StudySpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Goes on with a search that was cut off. */
@Command(
    name = "resume",
    description = "Resumes a search where it was interrupted.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class ResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private StudyArgument study;

  @Mixin private LimitOptions limits;
  @Mixin private ChangeOptions changes;
  @Mixin private EndingOptions ending;

  @Override
  public Integer call() {
    Loading.parents(command, StudySpec.read(study.directory()));
    Clock clock = Clock.systemDefaultZone();
    Session session = changes.open(study.directory(), limits.asked(), clock);
    return new SearchRunner(session, clock, command.commandLine(), ending).run();
  }
}
