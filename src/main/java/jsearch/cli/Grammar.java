package jsearch.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The words that jsearch understands: its commands, and what is refused before one runs. */
final class Grammar {
  private static final List<Class<?>> COMMANDS =
      List.of(
          SearchCommand.class,
          ResumeCommand.class,
          StatusCommand.class,
          WatchCommand.class,
          ListCommand.class,
          ShowCommand.class,
          ExportCommand.class,
          InspectCommand.class,
          MergeCommand.class,
          EvalCommand.class,
          GenerateCommand.class,
          DoctorCommand.class,
          CompletionCommand.class,
          ManCommand.class);

  private Grammar() {}

  /** All commands by their names, in the help's order. */
  static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    for (Class<?> command : COMMANDS) {
      commands.put(command.getAnnotation(Command.class).name(), command);
    }
    return commands;
  }

  /** Every command, for such streams. */
  static CommandLine all(Screen screen) {
    return line(screen, commands().values());
  }

  /**
   * The commands that the words name; where the help lists them, every one by its description.
   *
   * <p>Of a short command's time most would go into the options of the others.
   */
  static CommandLine of(Screen screen, List<String> words) {
    Map<String, Class<?>> named = commands();
    named.keySet().retainAll(words);
    boolean help = words.stream().anyMatch(word -> word.matches("--help|-V*h.*"));
    boolean list = named.isEmpty() && help;
    return line(
        screen, list ? commands().values().stream().map(Grammar::listed).toList() : named.values());
  }

  /** What the root's help says of a command. */
  private static CommandSpec listed(Class<?> command) {
    Command annotation = command.getAnnotation(Command.class);
    CommandSpec spec = CommandSpec.create().name(annotation.name());
    spec.usageMessage().description(annotation.description());
    return spec;
  }

  private static CommandLine line(Screen screen, Collection<?> commands) {
    CommandLine line = new CommandLine(new JSearch(screen));
    commands.forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a prompt may begin with @
        .setUsageHelpWidth(screen.helpWidth())
        .setColorScheme(Help.defaultColorScheme(screen.out().coloured() ? Ansi.ON : Ansi.OFF))
        .setExecutionStrategy(
            parsed -> {
              refuseOptionsBeforeCommand(parsed);
              refuseEmptyValues(parsed);
              return new RunLast().execute(parsed);
            })
        .setParameterExceptionHandler(
            (e, args) -> {
              e.getCommandLine().getErr().println("jsearch: " + WrongWords.message(e));
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler((e, failed, parsed) -> Main.report(e, failed.getErr()));
  }

  /** They would be the root's, and do nothing. */
  private static void refuseOptionsBeforeCommand(ParseResult parsed) {
    if (!parsed.hasSubcommand() || parsed.isUsageHelpRequested()) {
      return;
    }
    CommandLine command = parsed.subcommand().commandSpec().commandLine();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (option.scopeType() != ScopeType.INHERIT) {
        throw new ParameterException(
            command,
            "%s stands before %s, expected after it."
                .formatted(option.longestName(), command.getCommandName()));
      }
    }
  }

  /** Only a text may be empty: of a name or a path it is a variable of a script that is not set. */
  private static void refuseEmptyValues(ParseResult parsed) {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    for (ArgSpec argument : last.matchedArgs()) {
      if (!argument.paramLabel().equals("TEXT") && argument.originalStringValues().contains("")) {
        throw new ParameterException(
            last.commandSpec().commandLine(),
            "%s is empty, expected %s."
                .formatted(WrongWords.name(argument), argument.paramLabel()));
      }
    }
  }
}
