package jsearch.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual. */
@Command(
    name = "man",
    description = {
      "Prints the manual page, made of the help of all commands.",
      "",
      "To read it:     jsearch man | man -l -",
      "To install it:  jsearch man >~/.local/share/man/man1/jsearch.1",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(ManPage.of(Grammar.all(Screen.PLAIN)));
    out.flush();
    return ExitCode.OK;
  }
}
