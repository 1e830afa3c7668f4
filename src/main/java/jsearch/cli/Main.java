package jsearch.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import jsearch.document.InputException;
import jsearch.study.StudyException;
import jsearch.torch.OutOfDeviceMemoryException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The command line: words to commands, faults to messages and exit codes. */
public final class Main {
  static final int STUDY_TROUBLE = 3;
  static final int OUR_BUG = 70;

  private Main() {}

  /** Exits 0 on success, 2 for a user's fault, 3 for trouble with a study, 70 for a bug of ours. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    // Converters that no option needs would load whole packages.
    System.setProperty("picocli.converters.excludes", "java.sql.*,java.time.*,java.net.*");
    Screen screen = Screen.of(System.getProperties(), System.getenv(), List.of(args));
    CommandLine line = Grammar.of(screen, List.of(args));
    line.setErr(new PrintWriter(new MessageWriter(line.getErr(), screen.err()), true));
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

  /** All commands, for streams that are no terminals. */
  static CommandLine commandLine() {
    return Grammar.all(Screen.PLAIN);
  }

  /** Says what went wrong; returns the exit code. */
  static int report(Throwable e, PrintWriter err) {
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
