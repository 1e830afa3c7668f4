package jsearch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root: without a command it searches. */
@Command(
    name = "jsearch",
    header = "Finds the best layer-adaptive SLERP merge of two language models.",
    description = {
      "",
      "Without a command it searches; without parents, on the bundled pair:",
      "",
      "  jsearch --budget 32",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "2:something given is wrong, or there is too little memory for it",
      "3:trouble with a study",
      "70:a bug of jsearch",
      "130:stopped by Ctrl-C, as 143 by SIGTERM and 129 by SIGHUP; what is done is kept"
    })
final class JSearch implements Callable<Integer> {
  private final Screen screen;

  @Spec private CommandSpec command;
  @Mixin private SearchOptions options;

  /** Every command has it; what it asks for is in the screen. */
  @Option(
      names = Color.OPTION,
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "Colours: auto, always or never (auto).")
  private Color color;

  JSearch(Screen screen) {
    this.screen = screen;
  }

  /** What the command's streams show. */
  static Screen screen(CommandSpec command) {
    return ((JSearch) command.root().userObject()).screen;
  }

  @Override
  public Integer call() {
    return options.search(command);
  }
}
