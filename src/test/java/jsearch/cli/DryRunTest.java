package jsearch.cli;

import static jsearch.cli.Commands.search;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import jsearch.cli.Commands.Result;
import jsearch.document.Document;
import jsearch.run.TinyPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  @TempDir Path temp;
  private TinyPair pair;
  private Path study;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp.resolve("pair"));
    study = temp.resolve("study");
  }

  @Test
  void aDryRunReportsWhatASearchWouldTakeAndWritesNothing() {
    Result result = search(pair, study, "--budget", 7, "--dry-run");
    assertEquals(0, result.code(), result.err());
    // Both parents and the nine schedules of search-spaces/baselines.yaml.
    assertTrue(
        result.out().startsWith("Space:    ramp, 7 proposals and 11 known schedules: 18 trials\n"),
        result.out());
    assertTrue(result.out().contains("\nSearch:   4 items, "), result.out());
    assertTrue(result.out().contains("\nConfirm:  8 items, "), result.out());
    assertFalse(Files.exists(study));
  }

  @Test
  void itsJsonHasTheSameInSecondsAndBytes() {
    Result result = search(pair, study, "--budget", 7, "--dry-run", "--json");
    Document plan = Document.json("out", result.out());
    assertEquals(7, plan.at("budget").integer(0, 100));
    assertEquals(4, plan.at("search").at("items").integer(0, 100));
    double seconds = plan.at("seconds").number();
    assertTrue(seconds >= 18 * plan.at("seconds_a_trial").number() - 1e-6, result.out());
    assertTrue(LocalDateTime.parse(plan.at("ends").text()).isAfter(LocalDateTime.MIN));
    long tensors = 2 * plan.at("merge").whole(0, Long.MAX_VALUE);
    assertEquals(tensors, plan.at("parents").whole(0, Long.MAX_VALUE));
  }

  @Test
  void aTakenPlaceIsRefusedBeforeAnythingIsLoaded() throws IOException {
    Files.createDirectories(study);
    Files.writeString(study.resolve("notes.txt"), "mine");
    Result result = search(pair, study, "--dry-run");
    assertEquals(3, result.code());
    assertTrue(result.err().contains("holds notes.txt, expected a new or empty"), result.err());
  }

  @Test
  void whatIsWrongWithAParentIsReportedAsByASearch() {
    TinyPair.fill(pair.donor(), "model.norm.weight", Float.NaN);
    Commands.assertRefused(search(pair, study, "--dry-run"), "model.norm.weight", "NaN");
  }
}
