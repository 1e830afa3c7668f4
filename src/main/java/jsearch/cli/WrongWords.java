package jsearch.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import jsearch.document.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What to say of words that no command understands: the word, what was expected, what is near. */
final class WrongWords {
  private final ParameterException fault;
  private final CommandSpec command;

  private WrongWords(ParameterException fault) {
    this.fault = fault;
    this.command = fault.getCommandLine().getCommandSpec();
  }

  /** The message, ending with the way to the help. */
  static String message(ParameterException fault) {
    WrongWords words = new WrongWords(fault);
    String help = "Maybe see: %s --help".formatted(words.command.qualifiedName());
    return "%s\n%s".formatted(words.what(), help);
  }

  private String what() {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      return word.startsWith("-") && word.length() > 1 ? unknownOption(word) : tooMany(word);
    }
    if (fault instanceof OverwrittenOptionException twice) {
      return "%s is given twice, expected once.".formatted(name(twice.getOverwritten()));
    }
    if (fault instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing.getMissing().get(0));
    }
    return fault.getArgSpec() != null && fault.getValue() != null
        ? WrongValue.message(name(fault.getArgSpec()), fault)
        : fault.getMessage();
  }

  private String unknownOption(String word) {
    String name = word.replaceFirst("=.*", "");
    List<String> having =
        others()
            .filter(other -> optionNames(other).contains(name))
            .map(CommandSpec::qualifiedName)
            .toList();
    if (!having.isEmpty()) {
      return "%s is no option of %s, but of %s."
          .formatted(name, command.qualifiedName(), String.join(" and ", having));
    }
    String hint = Nearest.hint(name, optionNames(command));
    if (hint.isEmpty()) {
      hint = Nearest.hint(name, others().flatMap(other -> optionNames(other).stream()).toList());
    }
    return "Unknown option %s of %s.%s".formatted(name, command.qualifiedName(), hint);
  }

  private String tooMany(String word) {
    if (command.parent() != null) {
      return "%s is one argument too many, expected %s.".formatted(word, synopsis());
    }
    Collection<String> names = Grammar.commands().keySet();
    List<String> near = new ArrayList<>(names);
    near.addAll(List.of("--help", "--version"));
    return "Unknown command %s, expected one of: %s.%s"
        .formatted(word, String.join(", ", names), Nearest.hint(word, near));
  }

  private String missing(ArgSpec argument) {
    return argument instanceof OptionSpec
        ? "%s has no value, expected %s.".formatted(name(argument), argument.paramLabel())
        : "%s is missing, expected %s.".formatted(argument.paramLabel(), synopsis());
  }

  /** The command with its arguments, such as "jsearch inspect BASE DONOR". */
  private String synopsis() {
    StringBuilder words = new StringBuilder(command.qualifiedName());
    for (PositionalParamSpec argument : command.positionalParameters()) {
      words.append(' ').append(argument.paramLabel());
    }
    return words.toString();
  }

  /** The other commands, few of which are there when the words are parsed. */
  private Stream<CommandSpec> others() {
    CommandSpec root = Grammar.all(Screen.PLAIN).getCommandSpec();
    return Stream.concat(
            Stream.of(root), root.subcommands().values().stream().map(CommandLine::getCommandSpec))
        .filter(other -> !other.qualifiedName().equals(command.qualifiedName()));
  }

  private static List<String> optionNames(CommandSpec command) {
    return command.options().stream().flatMap(option -> Stream.of(option.names())).toList();
  }

  static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
