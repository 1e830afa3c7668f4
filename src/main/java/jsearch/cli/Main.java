package jsearch.cli;

import java.io.PrintWriter;
import java.util.Locale;
import jsearch.document.InputException;
import jsearch.study.StudyException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The command line: words to commands, faults to messages and exit codes. */
public final class Main {
  private static final int STUDY_TROUBLE = 3;
  private static final int OUR_BUG = 70;

  private Main() {}

  /** Exits 0 on success, 2 for a user's fault, 3 for trouble with a study, 70 for a bug of ours. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    int code = commandLine().execute(args);
    if (code != Interruption.EXIT_CODE) {
      System.exit(code);
    }
    // Interrupted: the machine is on its way down already, and waits for this thread to end.
  }

  /** The commands, with their error messages. */
  static CommandLine commandLine() {
    return new CommandLine(new JSearch())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (e, args) -> {
              PrintWriter err = e.getCommandLine().getErr();
              err.println("jsearch: " + e.getMessage());
              err.println(
                  "Maybe see: %s --help"
                      .formatted(
                          e.getCommandLine().getCommandName().equals("jsearch")
                              ? "jsearch"
                              : "jsearch " + e.getCommandLine().getCommandName()));
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler((e, line, parsed) -> report(e, line.getErr()));
  }

  private static int report(Exception e, PrintWriter err) {
    if (e instanceof InputException) {
      err.println("jsearch: " + e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof StudyException) {
      err.println("jsearch: " + e.getMessage());
      return STUDY_TROUBLE;
    }
    err.println("jsearch: this is a bug of jsearch; please report it with what follows.");
    e.printStackTrace(err);
    return OUR_BUG;
  }
}
