package jsearch.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete jsearch's words. */
@Command(
    name = "completion",
    description = {
      "Prints the script that completes commands, options and files in a shell.",
      "",
      "bash: eval \"$(jsearch completion bash)\"",
      "zsh:  eval \"$(jsearch completion zsh)\"",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class)
final class CompletionCommand implements Callable<Integer> {
  /** The shells that it knows; zsh reads bash's script. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(AutoComplete.bash("jsearch", Grammar.all(Screen.PLAIN)));
    out.flush();
    return ExitCode.OK;
  }
}
