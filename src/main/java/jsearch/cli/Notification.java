package jsearch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jsearch.document.Reason;

/**
 * A command of the user's that is told by its environment how a search ended.
 *
 * <p>Whatever it does, the search has ended as it has: trouble with it is a warning.
 */
final class Notification {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String command;
  private final Duration patience;
  private final PrintWriter err;
  private final Consumer<String> warn;

  /**
   * A notification not sent yet.
   *
   * @param command for the shell
   * @param err takes what the command prints
   */
  Notification(String command, PrintWriter err, Consumer<String> warn) {
    this(command, PATIENCE, err, warn);
  }

  Notification(String command, Duration patience, PrintWriter err, Consumer<String> warn) {
    this.command = command;
    this.patience = patience;
    this.err = err;
    this.warn = warn;
  }

  /** Runs the command with these variables beside those of this process, and waits for its end. */
  void send(Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(shell()).redirectErrorStream(true);
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread output = passOn(process);
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        output.join(1_000); // What it left in the background may hold its output open for ever.
        warnOf(process.exitValue());
      } else {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        warn.accept(
            "--notify: %s has not ended after %d s and was stopped."
                .formatted(command, patience.toSeconds()));
      }
    } catch (IOException e) {
      warn.accept("--notify: %s cannot be run: %s.".formatted(command, Reason.of(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void warnOf(int code) {
    if (code != 0) {
      warn.accept("--notify: %s ended with exit code %d.".formatted(command, code));
    }
  }

  private List<String> shell() {
    return System.getProperty("os.name").startsWith("Windows")
        ? List.of("cmd", "/c", command)
        : List.of("sh", "-c", command);
  }

  private Thread passOn(Process process) {
    Thread thread =
        new Thread(
            () -> {
              try (var lines = process.inputReader(Charset.defaultCharset()).lines()) {
                lines.forEach(err::println);
              } catch (UncheckedIOException e) {
                // It was stopped.
              }
            },
            "notification");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
