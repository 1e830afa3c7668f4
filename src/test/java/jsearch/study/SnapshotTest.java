package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  @TempDir Path results;
  private Path directory;

  @BeforeEach
  void name() {
    directory = results.resolve("a");
  }

  private Study create() {
    return Study.create(directory, Examples.SPEC, Examples.ticking());
  }

  @Test
  void anOpenStudyIsSeenWithEveryTrialItsTimesAndItsProcess() {
    try (Study study = create()) {
      study.complete(
          study.begin(Candidate.known(Origin.parent("base"))),
          new Scored(
              new Outcome(0.5, 0.5, Double.NaN, 2),
              Map.of("sums", List.of(1.0, 0.0)),
              Map.of("seconds", 0.25),
              Collections.emptySortedMap()));
      study.begin(Candidate.known(Origin.global("half")));
      Snapshot snapshot = Snapshot.of(directory);
      assertEquals(Examples.SPEC, snapshot.spec());
      assertEquals(study.trials(), snapshot.trials());
      assertEquals(OptionalLong.of(ProcessHandle.current().pid()), snapshot.holder());
      // The clock ticks by a second an event: begun, score, seconds and end, begun.
      TimedTrial first = snapshot.timed().get(0);
      TimedTrial second = snapshot.timed().get(1);
      assertEquals(LocalDateTime.parse("2026-01-02T03:04:06"), first.begun().withNano(0));
      assertTrue(first.ended().orElseThrow().isAfter(first.begun()));
      assertTrue(second.begun().isAfter(first.ended().orElseThrow()));
      assertEquals(Optional.empty(), second.ended());
      assertEquals(Duration.ofMillis(250), snapshot.worked());
      assertEquals(Map.of(0, Map.of("sums", List.of(1.0, 0.0))), snapshot.items());
    }
  }

  @Test
  void aStudyThatWasClosedIsHeldByNobody() {
    create().close();
    assertEquals(OptionalLong.empty(), Snapshot.of(directory).holder());
    assertEquals(List.of(), Snapshot.of(directory).trials());
  }

  @Test
  void aStudyIsHeldByAnotherProcessUntilThatIsKilled() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockTest.OtherProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("ready", other.inputReader(StandardCharsets.UTF_8).readLine());
      assertEquals(OptionalLong.of(other.pid()), Snapshot.of(directory).holder());
    } finally {
      other.destroyForcibly();
    }
    assertTrue(other.waitFor(10, TimeUnit.SECONDS));
    Snapshot snapshot = Snapshot.of(directory);
    assertEquals(OptionalLong.empty(), snapshot.holder());
    assertEquals(
        List.of(Trial.State.RUNNING), snapshot.trials().stream().map(Trial::state).toList());
  }

  @Test
  void aProcessThatOnlyHasTheNumberOfTheOldOneHoldsNothing() throws IOException {
    create().close();
    Path lock = directory.resolve("study.lock");
    Files.writeString(lock, "process " + ProcessHandle.current().pid());
    Instant ours = ProcessHandle.current().info().startInstant().orElseThrow();
    Files.setLastModifiedTime(lock, FileTime.from(ours.minusSeconds(60)));
    assertEquals(OptionalLong.empty(), Snapshot.of(directory).holder());
    Files.setLastModifiedTime(lock, FileTime.from(ours.plusSeconds(60)));
    assertEquals(OptionalLong.of(ProcessHandle.current().pid()), Snapshot.of(directory).holder());
  }

  @Test
  void whatTheProcessSaysOfItsTurnIsSeenWhileItHasTheStudy() {
    Turn turn =
        new Turn(
            LocalDateTime.parse("2026-01-02T03:04:05.678"),
            Optional.of(LocalDateTime.parse("2026-01-02T11:00:00")),
            OptionalInt.of(7),
            2379,
            5950);
    try (Study study = create()) {
      assertEquals(Optional.empty(), Snapshot.of(directory).turn());
      study.announce(turn);
      assertEquals(Optional.of(turn), Snapshot.of(directory).turn());
      assertEquals(OptionalLong.of(ProcessHandle.current().pid()), Snapshot.of(directory).holder());
      assertEquals(study.snapshot(), Snapshot.of(directory));
      StudyException e = assertThrows(StudyException.class, this::resume);
      assertTrue(e.getMessage().contains(" is in use by this process."), e.getMessage());
    }
    assertEquals(Optional.empty(), Snapshot.of(directory).turn());
  }

  private void resume() {
    Study.resume(directory, Examples.SPEC, Examples.ticking()).close();
  }

  @Test
  void aTurnThatIsHalfWrittenIsNone() throws IOException {
    create().close();
    Path lock = directory.resolve("study.lock");
    Files.writeString(
        lock, "process %d\n{\"begun\":\"2026-0".formatted(ProcessHandle.current().pid()));
    Snapshot snapshot = Snapshot.of(directory);
    assertTrue(snapshot.holder().isPresent());
    assertEquals(Optional.empty(), snapshot.turn());
  }

  @Test
  void aTornLastLineIsPassedOverAndLeftAsItIs() throws IOException {
    List<Trial> trials;
    try (Study study = create()) {
      trials = Examples.search(study);
    }
    Path journal = directory.resolve(Journal.NAME);
    Files.writeString(journal, "{\"op_code\":4,\"stu", StandardOpenOption.APPEND);
    byte[] torn = Files.readAllBytes(journal);
    assertEquals(trials, Snapshot.of(directory).trials());
    assertArrayEquals(torn, Files.readAllBytes(journal));
    assertFalse(Files.exists(directory.resolve("journal.log.lock")));
  }

  @Test
  void itemsOfATrialThatTheJournalHasNotFinishedAreNotThere() throws IOException {
    Trial begun;
    try (Study study = create()) {
      begun = study.begin(Candidate.known(Origin.parent("base")));
      study.complete(
          begun,
          new Scored(
              new Outcome(0.5, 0.5, Double.NaN, 1),
              Map.of("sums", List.of(0.5)),
              Map.of(),
              Collections.emptySortedMap()));
    }
    Path journal = directory.resolve(Journal.NAME);
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, lines.size() - 1));
    Path items = directory.resolve(ItemLog.NAME);
    Files.write(items, new byte[] {'4', (byte) 0xc3}, StandardOpenOption.APPEND);
    assertEquals(Map.of(), Snapshot.of(directory).items());
  }

  @Test
  void aDamagedStudyIsToldAsAtAResume() throws IOException {
    create().close();
    Path journal = directory.resolve(Journal.NAME);
    Files.writeString(journal, "moon\n{}\n", StandardOpenOption.APPEND);
    String seen = assertThrows(StudyException.class, () -> Snapshot.of(directory)).getMessage();
    assertTrue(seen.startsWith("Line 2 of %s is \"moon\"".formatted(journal)), seen);
    StudyException resumed =
        assertThrows(
            StudyException.class, () -> Study.resume(directory, Examples.SPEC, Examples.ticking()));
    assertEquals(resumed.getMessage(), seen);
  }

  @Test
  void aDirectoryWithoutSpecIsNoStudy() {
    assertFalse(Snapshot.isStudy(results));
    StudyException e = assertThrows(StudyException.class, () -> Snapshot.of(results));
    assertTrue(e.getMessage().contains("is not a study"), e.getMessage());
    create().close();
    assertTrue(Snapshot.isStudy(directory));
  }
}
