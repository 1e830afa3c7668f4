package jsearch.cli;

import static jsearch.cli.Commands.assertRefused;
import static jsearch.cli.Commands.run;
import static jsearch.cli.Commands.search;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jsearch.cli.Commands.Result;
import jsearch.document.Document;
import jsearch.run.TinyPair;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look at studies: a finished one of the tiny pair. */
class StudyCommandsTest {
  /** The shipped known schedules with the parents, and one proposal. */
  private static final int TRIALS = 12;

  @TempDir static Path temp;
  private static Path results;
  private static Path study;

  @TempDir Path scratch;
  private Map<Path, String> before;

  @BeforeAll
  static void searchOnce() {
    results = temp.resolve("results");
    study = results.resolve("tiny-2");
    TinyPair pair = TinyPair.write(temp.resolve("pair"));
    Path told = temp.resolve("told");
    Result result =
        search(
            pair,
            study,
            "--budget",
            1,
            "--notify",
            "env | grep ^JSEARCH_ > '%s'; echo noted".formatted(told));
    assertEquals(0, result.code(), result.err());
    assertEquals("noted\n", result.err());
  }

  @BeforeEach
  void lookAtTheFiles() throws IOException {
    before = files();
  }

  private static Map<Path, String> files() throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.list(study)) {
      for (Path file : found.toList()) {
        files.put(file, Files.readString(file));
      }
    }
    return files;
  }

  private static String out(Object... words) {
    Result result = run(words);
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.err());
    return result.out();
  }

  @Test
  void theNotificationSaysWhichStudyHasFinishedHow() throws IOException {
    List<String> told = Files.readAllLines(temp.resolve("told"));
    double best =
        Document.json(study.resolve("summary.json")).at("best").at("search").at("score").number();
    assertTrue(told.contains("JSEARCH_STUDY=" + study), told.toString());
    assertTrue(told.contains("JSEARCH_STATE=finished"), told.toString());
    assertTrue(told.contains("JSEARCH_BEST=" + best), told.toString());
    assertTrue(
        told.stream().anyMatch(line -> line.matches("JSEARCH_MESSAGE=(no )?better than .*")),
        told.toString());
  }

  @Test
  void theLogHasTheVersionsEveryTrialAndTheEnd() throws IOException {
    List<String> log = Files.readAllLines(study.resolve("search.log"));
    assertTrue(log.get(0).contains(" searches with {djl="), log.get(0));
    assertTrue(log.get(1).contains(" jsearch --base "), log.get(1));
    for (int i = 0; i < TRIALS; i++) {
      String line = log.get(2 + i);
      String tally =
          i < 10 ? "0/1 + %d/11 known".formatted(i + 1) : "%d/1 + 11 known".formatted(i - 10);
      assertTrue(line.contains(" %s: trial %d (".formatted(tally, i)), line);
      assertTrue(line.matches(".* complete, -?\\d+\\.\\d( \\[.*, .*\\])?, \\d+\\.\\d\\d s"), line);
    }
    assertTrue(log.get(2 + TRIALS).matches(".* finished: (no )?better than the best parent"));
    assertEquals(3 + TRIALS, log.size());
  }

  @Test
  void statusTellsOfAFinishedStudyAndTouchesNothing() throws IOException {
    String text = out("status", study);
    assertTrue(
        text.startsWith("%s: finished\nTrials: 1/1 + 11 known (12 complete)\n".formatted(study)),
        text);
    assertTrue(text.contains("\nConfirmed: "), text);
    assertTrue(
        text.matches("(?s).*\nA trial took .* s: merge .*%, prefill .*%, decode 0%, .*"), text);
    assertFalse(text.contains("jsearch resume"), text);
    Document json = Document.json("status", out("status", study, "--json"));
    assertEquals("finished", json.at("state").text());
    assertEquals(TRIALS, json.at("trials").at("finished").number());
    assertTrue(json.at("confirmed").bool());
    assertEquals(before, files());
  }

  @Test
  void watchOfAStudyThatDoesNotRunIsItsStatus() {
    assertEquals(out("status", study), out("watch", study));
  }

  @Test
  void showDrawsTheScheduleOfTheBest() throws IOException {
    String text = out("show", study);
    assertTrue(text.startsWith(out("status", study)), text);
    assertTrue(text.contains("\nt of "), text);
    assertTrue(text.contains("\nBest over the trials, in points:\n"), text);
    Document json = Document.json("show", out("show", study, "--json"));
    assertEquals(5, json.at("top").items().size());
    assertFalse(json.at("schedule").entries().isEmpty());
    assertEquals(before, files());
  }

  @Test
  void showDoesWithoutTheScheduleWhereItsFileHasChanged() throws IOException {
    Path copy = Files.createDirectory(scratch.resolve("copy"));
    for (String name : List.of("study.yaml", "journal.log")) {
      Files.writeString(
          copy.resolve(name),
          before
              .get(study.resolve(name))
              .replaceFirst("(ramp.yaml\\n  fingerprint: sha256:)[0-9a-f]{8}", "$100000000"));
    }
    Result result = run("show", copy);
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result
            .err()
            .matches("Warning: the schedule cannot be shown: .*ramp.yaml has changed .*\\R"),
        result.err());
    assertFalse(result.out().contains("\nt of "), result.out());
  }

  @Test
  void listPassesOverWhatIsNoStudyAndTellsOfWhatIsDamaged() throws IOException {
    Files.createDirectory(scratch.resolve("no-study"));
    Files.writeString(scratch.resolve("README.md"), "mine");
    for (String name : List.of("tiny-10", "tiny-9", "broken")) {
      Path copy = Files.createDirectory(scratch.resolve(name));
      for (String file : List.of("study.yaml", "journal.log", "summary.json")) {
        Files.copy(study.resolve(file), copy.resolve(file));
      }
    }
    Files.writeString(scratch.resolve("broken/journal.log"), "moon\n{}\n");
    Result result = run("list", scratch);
    assertEquals(0, result.code());
    assertTrue(
        result.err().startsWith("Warning: Line 1 of %s/broken/journal.log".formatted(scratch)),
        result.err());
    List<String> names = result.out().lines().map(line -> line.split(" ")[0]).toList();
    assertEquals(List.of("study", names.get(1), "tiny-9", "tiny-10"), names);
    String row = result.out().lines().skip(2).findFirst().orElseThrow();
    assertTrue(row.contains("finished  base + donor  suite.yaml  cmaes      1/1 + 11 known "), row);

    Document json = Document.json("list", run("list", "--json", scratch).out());
    assertEquals(2, json.items().size());
    assertEquals("finished", json.items().get(0).at("state").text());
  }

  @Test
  void aDirectoryThatIsNotThereCannotBeListed() {
    assertRefused(run("list", scratch.resolve("nowhere")), "nowhere is no directory, expected");
  }

  @Test
  void exportWritesARowATrialAndARowAnItem() throws IOException {
    List<String> rows = out("export", "csv", study).lines().toList();
    assertEquals(1 + TRIALS, rows.size());
    assertTrue(
        rows.get(0).startsWith("number,origin,state,objective,score,standard_error,items,seconds,"),
        rows.get(0));
    Path file = scratch.resolve("items.csv");
    assertEquals("", out("export", "csv", study, "--items", "--out", file));
    List<String> items = Files.readAllLines(file);
    assertEquals("trial,task,index,score", items.get(0));
    assertEquals(1 + TRIALS * 4, items.size());
    assertEquals(before, files());
  }

  @Test
  void aFormatThatThereIsNotIsNamed() {
    assertRefused(run("export", "xlsx", study), "xlsx", "expected csv.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "watch", "show"})
  void whatIsNoStudyIsToldAsSuch(String command) {
    Result result = run(command, scratch);
    assertEquals(3, result.code());
    assertTrue(result.err().contains("is not a study"), result.err());
  }

  @Test
  void aSearchThatFailsAtItsEndNotifiesAndLogsToo() throws IOException {
    Path copy = Files.createDirectory(scratch.resolve("copy"));
    for (String file : List.of("study.yaml", "journal.log", "items.log")) {
      Files.copy(study.resolve(file), copy.resolve(file));
    }
    Files.createDirectories(copy.resolve("recipe.yaml/in-the-way"));
    Result result = run("resume", copy, "--notify", "echo $JSEARCH_STATE; exit 2");
    assertEquals(3, result.code());
    assertTrue(result.err().startsWith("failed\nWarning: --notify: "), result.err());
    assertTrue(result.err().contains("jsearch: The study " + copy), result.err());
    String log = Files.readString(copy.resolve("search.log"));
    assertTrue(log.contains(" failed: The study " + copy), log);
    assertFalse(log.contains(" complete, "), "what was replayed is not logged again");
  }
}
