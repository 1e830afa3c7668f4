package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process may end at any byte; whatever then is on disk goes on to the same end. */
class CrashTest {
  @TempDir static Path results;
  private static List<Trial> undisturbed;
  private static byte[] whole;
  private static byte[] items;

  @TempDir Path scratch;
  private Path directory;
  private Path file;

  @BeforeAll
  static void search() throws IOException {
    Path directory = results.resolve("cut");
    try (Study study = Study.create(directory, Examples.SPEC, Examples.ticking())) {
      undisturbed = Examples.search(study);
    }
    whole = Files.readAllBytes(directory.resolve(Journal.NAME));
    items = Files.readAllBytes(directory.resolve(ItemLog.NAME));
  }

  @BeforeEach
  void beginStudy() throws IOException {
    directory = scratch.resolve("cut");
    file = directory.resolve(Journal.NAME);
    Files.createDirectory(directory);
    SpecFile.write(directory, Examples.SPEC);
  }

  @Test
  void aJournalCutAtAnyByteKeepsItsWholeLinesAndLosesTheTornOne() throws IOException {
    // Six lines hold each kind of line.
    int end = String.join("\n", lines().subList(0, 6)).length() + 1;
    int kept = 0;
    int lines = 0;
    for (int cut = 0; cut <= end; cut++) {
      if (cut > 0 && whole[cut - 1] == '\n') {
        kept = cut;
        lines++;
      }
      Files.write(file, Arrays.copyOf(whole, cut));
      Journal journal = Journal.open(file, AppendLock.GRACE);
      assertEquals(lines, journal.read().size(), "cut at " + cut);
      journal.close();
      assertArrayEquals(Arrays.copyOf(whole, kept), Files.readAllBytes(file), "cut at " + cut);
    }
  }

  @Test
  void aJournalCutAfterAnyLineGoesOnToTheSameEnd() throws IOException {
    for (int cut = 0; cut <= whole.length; cut++) {
      if (cut == 0 || whole[cut - 1] == '\n') {
        Files.write(file, Arrays.copyOf(whole, cut));
        Files.write(directory.resolve(ItemLog.NAME), items);
        try (Study study = resume()) {
          assertEquals(undisturbed, Examples.search(study), "cut at " + cut);
        }
        assertArrayEquals(items, Files.readAllBytes(directory.resolve(ItemLog.NAME)));
        try (Study study = resume()) {
          assertEquals(undisturbed, study.trials(), "cut at " + cut);
        }
      }
    }
  }

  @Test
  void aTrialWhoseLastLineWasTornIsFinishedAgain() throws IOException {
    Files.write(file, Arrays.copyOf(whole, whole.length - 7));
    try (Study study = resume()) {
      assertEquals(undisturbed.size() - 1, study.unfinished().get(0).number());
      assertEquals(undisturbed, Examples.search(study));
    }
    try (Study study = resume()) {
      assertEquals(undisturbed, study.trials());
    }
  }

  @Test
  void aStudyWithoutJournalBeginsFromNothing() throws IOException {
    try (Study study = resume()) {
      assertEquals(List.of(), study.trials());
      assertEquals(undisturbed, Examples.search(study));
    }
  }

  @Test
  void aDirectoryLeftBeforeTheSpecWasWholeIsTakenOver() throws IOException {
    Path early = Files.createDirectory(scratch.resolve("early"));
    Files.writeString(early.resolve("study.lock"), "process 1");
    Files.writeString(early.resolve("study.yaml.tmp"), "base:");
    try (Study study = Study.create(early, Examples.SPEC, Examples.ticking())) {
      assertEquals(undisturbed, Examples.search(study));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"op_code\":4,", "\0\0\0", "}"})
  void aDamagedLineBeforeTheLastIsNamed(String damage) throws IOException {
    List<String> lines = lines();
    lines.set(4, damage);
    Files.write(file, lines);
    StudyException e = assertThrows(StudyException.class, this::resume);
    assertTrue(
        e.getMessage().startsWith("Line 5 of %s is \"%s\"".formatted(file, damage)),
        e.getMessage());
    assertEquals(lines, Files.readAllLines(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"op_code\":11}",
        "{\"op_code\":1,\"study_id\":0}",
        "{\"op_code\":0,\"study_name\":\"b\",\"directions\":[2]}",
        "{\"op_code\":4,\"study_id\":1}",
        "{\"op_code\":4,\"study_id\":0,\"user_attrs\":{\"origin\":\"moon\"}}",
        "{\"op_code\":4,\"study_id\":0,\"params\":{},\"user_attrs\":{\"origin\":\"parent \"}}",
        "{\"op_code\":6,\"trial_id\":0,\"state\":2,\"values\":null}",
        "{\"op_code\":6,\"trial_id\":0,\"state\":1,\"values\":[1.0]}",
        "{\"op_code\":6,\"trial_id\":0,\"state\":1,\"values\":[]}",
        "{\"op_code\":8,\"trial_id\":1,\"user_attr\":{\"a\":1}}"
      })
  void anEventThatCannotFollowIsNamed(String event) throws IOException {
    List<String> lines = lines().subList(0, 2);
    lines.add(event);
    Files.write(file, lines);
    StudyException e = assertThrows(StudyException.class, this::resume);
    assertTrue(e.getMessage().startsWith(file + ", line 3"), e.getMessage());
  }

  private static List<String> lines() {
    return new ArrayList<>(new String(whole, StandardCharsets.UTF_8).lines().toList());
  }

  private Study resume() {
    return Study.resume(directory, Examples.SPEC, Examples.ticking());
  }
}
