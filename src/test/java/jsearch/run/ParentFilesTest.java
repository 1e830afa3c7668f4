package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.optimize.Algorithm;
import jsearch.plan.Parents;
import jsearch.study.StudyException;
import jsearch.study.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentFilesTest {
  @TempDir Path temp;
  private TinyPair pair;
  private ParentFiles files;

  @BeforeEach
  void write() {
    pair = TinyPair.write(temp);
    open(pair);
  }

  private void open(TinyPair pair) {
    files =
        new ParentFiles(Parents.of(Checkpoint.open(pair.base()), Checkpoint.open(pair.donor())));
  }

  private String refusal() {
    return assertThrows(StudyException.class, () -> files.requireUnchanged("jsearch resume DIR"))
        .getMessage();
  }

  private static Path weights(Path parent) {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(file -> file.toString().endsWith(".safetensors")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingIsSaidWhileAllIsAsItWas() throws IOException {
    Files.writeString(pair.base().resolve("README.md"), "read by nobody");
    Files.readAllBytes(weights(pair.donor()));
    assertDoesNotThrow(() -> files.requireUnchanged("jsearch resume DIR"));
  }

  @Test
  void aFileThatIsGoneIsNamed() throws IOException {
    Path gone = weights(pair.donor());
    Files.delete(gone);
    assertEquals(
        gone
            + """
             has vanished while the search ran.
            The trials that were running are not recorded, those before are.
            Maybe put back what was there, then go on with: jsearch resume DIR""",
        refusal());
  }

  @Test
  void anotherSizeIsNamed() throws IOException {
    Path config = pair.base().resolve("config.json");
    long size = Files.size(config);
    Files.writeString(config, Files.readString(config) + "\n");
    assertTrue(
        refusal()
            .startsWith(
                "%s has changed while the search ran: its size was %d bytes, is now %d bytes."
                    .formatted(config, size, size + 1)),
        refusal());
  }

  @Test
  void bytesWrittenOverAreSeenByTheTimeOfChange() throws IOException {
    Path weights = weights(pair.base());
    FileTime then = Files.getLastModifiedTime(weights);
    FileTime now = FileTime.fromMillis(then.toMillis() + 2000);
    Files.setLastModifiedTime(weights, now);
    assertTrue(refusal().contains("its time of change was " + then + ", is now " + now), refusal());
  }

  @Test
  void aFileOfTheSameSizeAndTimePutInItsPlaceIsSeen() throws IOException {
    Path weights = weights(pair.base());
    // A copy keeps no more than microseconds.
    Files.setLastModifiedTime(weights, FileTime.fromMillis(1_000_000));
    open(pair);
    Path copy = Files.copy(weights, temp.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, weights, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusal().contains("its place on the disk was "), refusal());
  }

  @Test
  void theTrialAcrossAChangeIsNotRecordedAndTheStudyGoesOnOnceItIsPutBack() throws IOException {
    Path study = temp.resolve("study");
    Path weights = weights(pair.donor());
    FileTime then = Files.getLastModifiedTime(weights);
    Clock clock = Clock.systemUTC();
    Places places = new Places(temp);
    try (Session session =
        Session.create(pair.request(Algorithm.RANDOM, 2), () -> study, clock, places)) {
      Progress touching =
          (trial, finished, total, replayed) -> {
            if (finished == 3) {
              touch(weights, FileTime.fromMillis(0));
            }
          };
      assertThrows(StudyException.class, () -> session.run(touching, () -> false));
      assertEquals(
          List.of(true, true, true, false),
          session.study().trials().stream().map(Trial::finished).toList());
    }
    touch(weights, then);
    try (Session session = Session.resume(study, clock, places)) {
      assertEquals(
          Ending.BUDGET, session.run((trial, finished, total, replayed) -> {}, () -> false));
    }
  }

  private static void touch(Path file, FileTime time) {
    try {
      Files.setLastModifiedTime(file, time);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
