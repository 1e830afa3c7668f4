package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForkTest {
  /** The first trials of {@link Examples#search} that are no proposals. */
  private static final int KNOWN = 2;

  @TempDir Path results;
  private Path old;
  private Path fresh;
  private List<Trial> trials;

  @BeforeEach
  void search() {
    old = results.resolve("old");
    fresh = results.resolve("fresh");
    try (Study study = Study.create(old, Examples.SPEC, Examples.ticking())) {
      trials = Examples.search(study);
      study.begin(Examples.next(study));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"budget", "race", "device", "threads", "workers", "version", "path"})
  void whatChangesNoScoreTakesAllFinishedTrialsAlong(String change) throws IOException {
    try (Study study = fork(changed(change))) {
      assertEquals(trials, study.trials());
      assertEquals(changed(change), study.spec());
    }
    assertArrayEquals(
        Files.readAllBytes(old.resolve("items.log")),
        Files.readAllBytes(fresh.resolve("items.log")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "optimizer", "family"})
  void whatAsksForOtherPointsTakesKnownSchedulesAlong(String change) throws IOException {
    try (Study study = fork(changed(change))) {
      assertEquals(trials.subList(0, KNOWN), study.trials());
    }
    assertEquals(
        Files.readAllLines(old.resolve("items.log")).subList(0, KNOWN),
        Files.readAllLines(fresh.resolve("items.log")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "donor", "suite", "baselines"})
  void whatChangesScoresTakesNothingAlong(String change) {
    try (Study study = fork(changed(change))) {
      assertEquals(List.of(), study.trials());
    }
  }

  @Test
  void aForkGoesOnAsTheOldStudyWould() {
    List<Trial> forked;
    try (Study study = fork(changed("budget"))) {
      Examples.evaluate(study, study.begin(Examples.next(study)));
      forked = study.trials();
    }
    try (Study study = Study.resume(old, Examples.SPEC, Examples.ticking())) {
      Examples.evaluate(study, study.unfinished().get(0));
      assertEquals(study.trials(), forked);
    }
    try (Study study = Study.resume(fresh, changed("budget"), Examples.ticking())) {
      assertEquals(forked, study.trials());
    }
  }

  @Test
  void theJournalSaysWhereItsTrialsAreFromAndTheOldStudyStaysAsItIs() throws IOException {
    byte[] before = Files.readAllBytes(old.resolve("journal.log"));
    fork(changed("budget")).close();
    String second = Files.readAllLines(fresh.resolve("journal.log")).get(1);
    assertTrue(second.contains("\"forked_from\":{\"study\":\"" + old), second);
    assertTrue(second.contains("\"trials\":5,\"changes\":[\"budget was 6, is now 9\"]"), second);
    assertArrayEquals(before, Files.readAllBytes(old.resolve("journal.log")));
  }

  @Test
  void aForkWithoutAChangeIsRefused() {
    StudyException e = assertThrows(StudyException.class, () -> fork(Examples.SPEC));
    assertTrue(e.getMessage().contains("a fork would be a copy"), e.getMessage());
    assertFalse(Files.exists(fresh));
  }

  @Test
  void aForkOntoAnotherStudyIsRefused() throws IOException {
    Study.create(fresh, Examples.SPEC, Examples.ticking()).close();
    byte[] before = Files.readAllBytes(fresh.resolve("journal.log"));
    StudyException e = assertThrows(StudyException.class, () -> fork(changed("budget")));
    assertTrue(e.getMessage().contains("never overwritten"), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(fresh.resolve("journal.log")));
  }

  @Test
  void aRefusedResumeNamesTheFork() {
    StudyException e =
        assertThrows(
            StudyException.class, () -> Study.resume(old, changed("seed"), Examples.ticking()));
    assertTrue(e.getMessage().contains("seed was 7, is now 8"), e.getMessage());
    assertTrue(e.getMessage().contains("jsearch resume " + old + " --fork"), e.getMessage());
  }

  private Study fork(StudySpec now) {
    return Study.fork(old, fresh, now, List.of(), Examples.ticking());
  }

  private static StudySpec changed(String what) {
    StudySpec spec = Examples.SPEC;
    Source other = new Source("other", "sha256:99");
    Compute compute = spec.compute();
    TreeMap<String, String> versions = new TreeMap<>(spec.versions());
    if (what.equals("version")) {
      versions.put("pytorch", "9");
    }
    return new StudySpec(
        what.equals("base")
            ? other
            : what.equals("path") ? new Source("moved", spec.base().fingerprint()) : spec.base(),
        what.equals("donor") ? other : spec.donor(),
        what.equals("tokenizer_source") ? Optional.of("union") : spec.tokenizerSource(),
        what.equals("suite") ? other : spec.suite(),
        what.equals("family") ? other : spec.family(),
        what.equals("baselines") ? other : spec.baselines(),
        what.equals("optimizer") ? "random" : spec.optimizer(),
        what.equals("seed") ? 8 : spec.seed(),
        what.equals("budget") ? 9 : spec.budget(),
        what.equals("race") != spec.race(),
        spec.limits(),
        new Compute(
            what.equals("device") ? "gpu:0" : compute.device(),
            compute.dtype(),
            what.equals("threads") ? OptionalInt.of(8) : compute.threads(),
            compute.batchTokens(),
            what.equals("workers") ? 2 : compute.workers()),
        versions);
  }
}
