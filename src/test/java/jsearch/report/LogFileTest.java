package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jsearch.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path temp;
  private final List<String> trouble = new ArrayList<>();
  private final SetClock clock = new SetClock(Instant.parse("2026-01-02T03:04:05.6Z"));

  private LogFile log(Path file, long limit) {
    return new LogFile(file, limit, clock, trouble::add);
  }

  @Test
  void linesAreDatedAndFurtherOnesIndented() throws IOException {
    LogFile log = log(temp.resolve("x.log"), 1000);
    log.write("begun");
    log.write("trouble\nMaybe wait.\n");
    assertEquals(
        """
        2026-01-02 03:04:05 begun
        2026-01-02 03:04:05 trouble
          Maybe wait.
        """,
        Files.readString(temp.resolve("x.log")));
    assertEquals(List.of(), trouble);
  }

  @Test
  void aFullFileMakesRoomForTheNextAndTwoAreKept() throws IOException {
    Path file = temp.resolve("x.log");
    // Every line has 22 bytes: a file of 40 is full after two.
    for (char line = 'a'; line <= 'i'; line++) {
      log(file, 40).write("" + line);
    }
    assertEquals(List.of("i"), letters(file));
    assertEquals(List.of("g", "h"), letters(temp.resolve("x.log.1")));
    assertEquals(List.of("e", "f"), letters(temp.resolve("x.log.2")));
    try (Stream<Path> files = Files.list(temp)) {
      assertEquals(3, files.count());
    }
  }

  private static List<String> letters(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.substring(20)).toList();
  }

  @Test
  void aLogThatCannotBeWrittenIsToldOnceAndStopsNothing() {
    LogFile log = log(temp.resolve("nowhere/x.log"), 40);
    log.write("a");
    log.write("b");
    assertEquals(1, trouble.size());
    assertTrue(
        trouble.get(0).startsWith(temp.resolve("nowhere/x.log") + " cannot be written: "),
        trouble.get(0));
  }
}
