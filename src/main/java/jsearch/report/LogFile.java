package jsearch.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import jsearch.document.Reason;

/**
 * A file of dated lines that begins anew when it is full; the two before it are kept.
 *
 * <p>It is not open between two lines, so nothing is left behind however the process ends. A line
 * that cannot be written is lost: what is logged is worth more than the log.
 */
public final class LogFile {
  private static final long LIMIT = 1_000_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final Path file;
  private final long limit;
  private final Clock clock;
  private final Consumer<String> trouble;
  private boolean told;

  /**
   * A log of up to 1 MB a file.
   *
   * @param trouble is told once when it cannot be written
   */
  public LogFile(Path file, Clock clock, Consumer<String> trouble) {
    this(file, LIMIT, clock, trouble);
  }

  LogFile(Path file, long limit, Clock clock, Consumer<String> trouble) {
    this.file = file;
    this.limit = limit;
    this.clock = clock;
    this.trouble = trouble;
  }

  /** Adds a line; the further lines of a longer text are indented. */
  public synchronized void write(String text) {
    String line = TIME.format(LocalDateTime.now(clock)) + " " + text.strip();
    try {
      if (Files.exists(file) && Files.size(file) >= limit) {
        rotate();
      }
      Files.writeString(
          file,
          line.replaceAll("\\R", "\n  ") + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      if (!told) {
        told = true;
        trouble.accept("%s cannot be written: %s.".formatted(file, Reason.of(e)));
      }
    }
  }

  private void rotate() throws IOException {
    Path before = numbered(1);
    if (Files.exists(before)) {
      Files.move(before, numbered(2), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
