package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {
  private static final List<Map<String, Object>> EVENT = List.of(Map.of("op_code", 2));

  @TempDir Path results;
  private Path directory;

  @BeforeEach
  void name() {
    directory = results.resolve("a");
  }

  @Test
  void aStudyIsOpenInOnePlaceOfAProcess() throws IOException {
    try (Study study = Study.create(directory, Examples.SPEC, Examples.ticking())) {
      Path detour = Files.createSymbolicLink(results.resolve("link"), directory);
      for (Path path : List.of(directory, detour)) {
        StudyException e = assertThrows(StudyException.class, () -> resume(path));
        assertEquals(
            """
            %s is in use by this process.
            Maybe wait until it ends, or stop it; nothing needs to be deleted."""
                .formatted(path),
            e.getMessage());
      }
      Examples.search(study);
    }
    resume(directory).close();
  }

  @Test
  void aStudyIsOpenInOneProcessAndFreeOnceThatIsKilled() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("ready", other.inputReader(StandardCharsets.UTF_8).readLine());
      StudyException e = assertThrows(StudyException.class, () -> resume(directory));
      assertTrue(
          e.getMessage()
              .startsWith("%s is in use by process %d.".formatted(directory, other.pid())),
          e.getMessage());
    } finally {
      other.destroyForcibly();
    }
    assertTrue(other.waitFor(10, TimeUnit.SECONDS));
    try (Study study = resume(directory)) {
      assertEquals(1, study.unfinished().size());
      assertEquals(Examples.BUDGET, Examples.search(study).size());
    }
  }

  @Test
  void anAppendWaitsForAnotherWriter() throws Exception {
    Path file = results.resolve("journal.log");
    Path lock = Files.createSymbolicLink(results.resolve("journal.log.lock"), file);
    Journal journal = Journal.open(file, Duration.ofMinutes(1));
    CompletableFuture<Integer> append = append(journal);
    Thread.sleep(50);
    assertEquals(0, Files.size(file));
    Files.delete(lock);
    assertEquals(1, append.get(10, TimeUnit.SECONDS));
    assertFalse(Files.exists(lock, LinkOption.NOFOLLOW_LINKS));
    journal.close();
  }

  @Test
  void theLockOfADeadWriterIsRemovedAfterTheGracePeriod() throws Exception {
    Path file = results.resolve("journal.log");
    Files.createSymbolicLink(results.resolve("journal.log.lock"), Path.of("nowhere"));
    Journal journal = Journal.open(file, Duration.ofMillis(20));
    assertEquals(1, append(journal).get(10, TimeUnit.SECONDS));
    journal.close();
    try (var files = Files.list(results)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void theLockOfADeadJsearchIsRemovedAtOnce() throws Exception {
    Path file = results.resolve("journal.log");
    Files.writeString(results.resolve("journal.log.lock"), "jsearch");
    Journal journal = Journal.open(file, Duration.ofDays(1));
    assertEquals(1, append(journal).get(10, TimeUnit.SECONDS));
    journal.close();
  }

  private static CompletableFuture<Integer> append(Journal journal) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return journal.append(EVENT).size();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static Study resume(Path path) {
    return Study.resume(path, Examples.SPEC, Examples.ticking());
  }

  /** Creates a study, begins a trial and waits to be killed. */
  static final class OtherProcess {
    public static void main(String[] args) throws InterruptedException {
      Study study = Study.create(Path.of(args[0]), Examples.SPEC, Examples.ticking());
      study.begin(Examples.next(study));
      System.out.println("ready");
      Thread.sleep(60_000);
    }
  }
}
