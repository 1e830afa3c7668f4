package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jsearch.SetClock;
import jsearch.run.Places;
import jsearch.study.Candidate;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Scored;
import jsearch.study.Study;
import jsearch.study.Trial;
import jsearch.study.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private static final Candidate HALF = Candidate.known(Origin.global("half"));
  private static final Candidate PROPOSAL = Candidate.proposal(List.of(0.5), List.of());

  /** The budget of the study, and one known schedule. */
  private static final int TOTAL = 33;

  @TempDir Path temp;
  private final List<String> lines = new ArrayList<>();
  private final SetClock clock = new SetClock(Instant.parse("2026-01-02T03:04:05Z"));
  private Study study;
  private ProgressBar bar;

  @BeforeEach
  void open() {
    study = Study.create(temp.resolve("a"), Examples.spec(Limits.NONE), clock);
    bar = new ProgressBar(study::snapshot, clock, lines::add);
  }

  @AfterEach
  void close() {
    study.close();
  }

  private Scored scored(long seconds, double score) {
    return new Scored(
        new Outcome(score + 1e-6, score, 0.1, 0),
        Map.of(),
        Map.of(Trial.SECONDS, (double) seconds),
        Collections.emptySortedMap());
  }

  private String after(long seconds, Candidate candidate, double score) {
    Trial trial = study.begin(candidate);
    clock.pass(Duration.ofSeconds(seconds));
    Trial done =
        Double.isNaN(score)
            ? study.fail(trial, "the score is NaN")
            : study.complete(trial, scored(seconds, score));
    return shown(done);
  }

  private String shown(Trial done) {
    bar.finished(done, done.number() + 1, TOTAL, false);
    return lines.get(lines.size() - 1);
  }

  @Test
  void theLineHasBarTrialsBestPaceAndTimeLeft() {
    assertEquals(
        ".......... 0/32 + 1 known  best 50.0 (half)  1 min 00 s/trial  32 min 00 s left",
        after(60, HALF, 0.5));
    for (int proposal = 1; proposal < 8; proposal++) {
      after(9, PROPOSAL, 0.4);
    }
    assertEquals(
        "##........ 8/32 + 1 known  best 81.2 (trial 8)  9.0 s/trial  3 min 36 s left",
        after(9, PROPOSAL, 0.812));
  }

  @Test
  void whereTheLineIsTooLongForANarrowTerminalThePaceIsLeftOut() {
    Candidate known = Candidate.known(Origin.global("a-known-schedule"));
    assertEquals(
        ".......... 0/32 + 1 known  best 50.0 (a-known-schedule)  32 min 00 s left",
        after(60, known, 0.5));
  }

  @Test
  void neitherAFailedTrialNorAParentIsTheBest() {
    assertTrue(after(1, HALF, Double.NaN).contains(" best ?  "), lines.toString());
    assertTrue(after(1, PROPOSAL, 0.1).contains(" best 10.0 (trial 1)  "), lines.toString());
    assertTrue(
        after(1, Candidate.known(Origin.BASE), 0.9).contains(" best 10.0 (trial 1)  "),
        lines.toString());
  }

  @Test
  void aTrialThatARaceHasDroppedIsNotTheBestWhateverItHasScored() {
    after(1, PROPOSAL, 0.5);
    Trial dropped = study.prune(study.begin(PROPOSAL), scored(1, 0.9));
    assertTrue(shown(dropped).contains(" best 50.0 (trial 0)  "), lines.toString());
  }

  @Test
  void trialsFoundInTheJournalAreNotShownOneByOne() {
    Trial found = study.complete(study.begin(HALF), scored(1, 0.5));
    bar.finished(found, 1, TOTAL, true);
    assertEquals(List.of(), lines);
    assertTrue(after(1, PROPOSAL, 0.4).contains(" best 50.0 (half)  "), lines.toString());
  }

  @Test
  void theBarTheStatusAndTheListTellTheSameTimeLeft() {
    LocalDateTime now = LocalDateTime.now(clock);
    study.announce(new Turn(now, Optional.of(now.plusHours(1)), OptionalInt.empty(), 100, 250));
    after(30, HALF, 0.5);
    after(9, PROPOSAL, 0.4);
    String line = after(9, PROPOSAL, 0.6);
    StudyStatus status = StudyStatus.of(temp.resolve("a"), new Places(temp), clock);
    // 30 proposals of 9 s, then four finalists on 2.5 times as many tokens.
    assertEquals(Optional.of(Duration.ofSeconds(30 * 9 + 4 * 9 * 5 / 2)), status.left());
    assertTrue(line.endsWith("  6 min 00 s left"), line);
    String text = StatusReport.text(status);
    assertTrue(text.contains("\nTrials: 2/32 + 1 known (3 complete)\n"), text);
    assertTrue(text.contains("\nPace:   9.0 s/trial, 6 min 00 s left\n"), text);
    String list = StudyList.text(List.of(status));
    assertTrue(list.contains("  running, 6 min 00 s left  "), list);
    assertTrue(list.contains("  2/32 + 1 known  "), list);
  }

  @Test
  void whileTheBestIsConfirmedTheTimeLeftIsShown() {
    LocalDateTime now = LocalDateTime.now(clock);
    study.announce(new Turn(now, Optional.empty(), OptionalInt.empty(), 100, 250));
    after(9, Candidate.known(Origin.BASE), 0.4);
    after(9, Candidate.known(Origin.DONOR), 0.5);
    after(9, HALF, 0.6);
    after(9, PROPOSAL, 0.7);
    bar.confirming();
    assertEquals(
        "Scoring the best and the parents on the confirm items, 1 min 30 s left ...",
        lines.get(lines.size() - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min 00 s",
    "3599, 59 min 59 s",
    "3600, 1 h 00 min",
    "360000, 100 h 00 min"
  })
  void durationsHaveTwoUnitsAtMost(long seconds, String text) {
    assertEquals(text, Figures.duration(Duration.ofSeconds(seconds)));
  }
}
