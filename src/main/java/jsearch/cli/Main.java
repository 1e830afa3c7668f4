package jsearch.cli;

import java.io.PrintWriter;
import java.util.Locale;
import jsearch.document.InputException;
import jsearch.study.StudyException;
import jsearch.torch.OutOfDeviceMemoryException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command line: words to commands, faults to messages and exit codes. */
public final class Main {
  static final int STUDY_TROUBLE = 3;
  static final int OUR_BUG = 70;

  private Main() {}

  /** Exits 0 on success, 2 for a user's fault, 3 for trouble with a study, 70 for a bug of ours. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    CommandLine line = commandLine();
    System.exit(run(line, args));
  }

  /** Executes the words given; returns the exit code, whatever is thrown. */
  static int run(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (Error e) { // picocli passes on errors
      return report(e, line.getErr());
    }
  }

  /** The commands, with their error messages. */
  static CommandLine commandLine() {
    return new CommandLine(new JSearch())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionStrategy(
            parsed -> {
              refuseOptionsBeforeCommand(parsed);
              return new RunLast().execute(parsed);
            })
        .setParameterExceptionHandler(
            (e, args) -> {
              PrintWriter err = e.getCommandLine().getErr();
              err.println("jsearch: " + e.getMessage());
              err.printf(
                  "Maybe see: %s --help%n", e.getCommandLine().getCommandSpec().qualifiedName());
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler((e, line, parsed) -> report(e, line.getErr()));
  }

  /** They would be the root's, and do nothing. */
  private static void refuseOptionsBeforeCommand(ParseResult parsed) {
    if (parsed.hasSubcommand() && !parsed.isUsageHelpRequested()) {
      for (OptionSpec option : parsed.matchedOptions()) {
        CommandLine command = parsed.subcommand().commandSpec().commandLine();
        throw new ParameterException(
            command,
            "%s stands before %s, expected after it."
                .formatted(option.longestName(), command.getCommandName()));
      }
    }
  }

  private static int report(Throwable e, PrintWriter err) {
    if (e instanceof StoppedException stopped) {
      return stopped.exitCode(); // what was stopped has said so
    }
    if (e instanceof InputException) {
      err.println("jsearch: " + e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof StudyException) {
      err.println("jsearch: " + e.getMessage());
      return STUDY_TROUBLE;
    }
    if (e instanceof OutOfDeviceMemoryException) {
      err.println("jsearch: the device has too little memory: " + memoryLine(e.getMessage()));
      err.println("Maybe stop what else runs on it, or name another by --device.");
      return ExitCode.USAGE;
    }
    if (e instanceof OutOfMemoryError) {
      err.println("jsearch: Java has too little memory: " + e.getMessage());
      err.println("Maybe give it more: JSEARCH_JAVA_OPTS=-Xmx8g");
      return ExitCode.USAGE;
    }
    err.println("jsearch: this is a bug of jsearch; please report it with what follows.");
    e.printStackTrace(err);
    return OUR_BUG;
  }

  /** The one line of libtorch's trace that says how much was wanted. */
  private static String memoryLine(String trace) {
    return trace.lines().filter(line -> line.contains("memory")).findFirst().orElse(trace).strip();
  }
}
