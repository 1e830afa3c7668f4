package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import jsearch.document.Document;
import jsearch.document.Writer;
import jsearch.run.Places;
import jsearch.schedule.Schedule;
import jsearch.study.Limits;
import jsearch.study.Snapshot;
import jsearch.study.Study;
import jsearch.study.StudySpec;
import jsearch.study.TimeLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyStatusTest {
  /** The moment in which the last trial of the small study begins. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:19Z"), ZoneOffset.UTC);

  private static final String TABLE =
      """
                            search
      ----------------------------------------
      base                  50.0 [22.1, 77.9]
      donor                 25.0 [-2.9, 52.9]
      best global  half     62.5 [34.6, 90.4]
      best         trial 3  75.0 [47.1, 102.9]
      """;

  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void write() {
    directory = temp.resolve("a");
    SmallStudy.write(directory);
  }

  private StudyStatus status() {
    return StudyStatus.of(directory, new Places(temp), CLOCK);
  }

  private void writeSummary(String confirmed) throws IOException {
    Files.writeString(
        directory.resolve("summary.json"),
        """
        {%s "better_than_parents": true,
         "best": {"confirm": {"score": 0.7, "standard_error": 0.0625, "interval95": [0.57, 0.83]}}}"""
            .formatted(confirmed));
  }

  @Test
  void theScreenOfAStoppedStudyHasTheBestSoFarAndTheWayOn() {
    assertEquals(
        """
        %s: stopped
        Trials: 3/32 + 3 known (4 complete, 1 pruned, 1 failed), 1 cut off
        Pace:   2.0 s/trial

        %sScores on the search items with 95%% intervals; nothing is confirmed yet.
        Go on with: jsearch resume %s
        """
            .formatted(directory, TABLE, directory),
        StatusReport.text(status()));
  }

  @Test
  void aStudyThatAProcessHoldsIsRunningAndSaysHowLongYet() {
    try (Study open = Study.resume(directory, Examples.SPEC, Clock.systemUTC())) {
      String text = StatusReport.text(status());
      long process = ProcessHandle.current().pid();
      assertTrue(
          text.startsWith(
              """
              %s: running (process %d)
              Trials: 3/32 + 3 known (4 complete, 1 pruned, 1 failed), 1 running
              Pace:   2.0 s/trial, 58 s left
              """
                  .formatted(open.directory(), process)),
          text);
      assertTrue(text.endsWith("nothing is confirmed yet.\n"), text);
      Map<String, Object> map = StatusReport.map(status());
      assertEquals("running", map.get("state"));
      assertEquals(process, map.get("process"));
      // A proposal takes 2 s, if it does not fail like one in three, and half as much more goes by
      // before the next: 29 to go.
      assertEquals(58.0, map.get("seconds_left"));
    }
  }

  @Test
  void noMoreTimeIsLeftThanTheStudysOwnLimitAllows() {
    Limits limits =
        new Limits(
            Optional.of(TimeLimit.parse("15s")), OptionalInt.empty(), OptionalDouble.empty());
    Path limited = temp.resolve("limited");
    StudySpec spec = Examples.spec(limits);
    SmallStudy.write(limited, spec);
    try (Study open = Study.resume(limited, spec, Clock.systemUTC())) {
      StudyStatus status = StudyStatus.of(open.directory(), new Places(temp), CLOCK);
      // 5 s are left, in which two more trials of 2 s begin; what runs is finished.
      assertEquals(Optional.of(Duration.ofSeconds(6)), status.left());
    }
  }

  @Test
  void aStudyWithAConfirmedResultIsFinished() throws IOException {
    writeSummary("\"confirmed\": true, \"trials\": 6,");
    assertEquals(StudyStatus.State.FINISHED, status().state());
    String text = StatusReport.text(status());
    assertTrue(
        text.endsWith(
            TABLE
                + "Scores on the search items with 95% intervals.\nConfirmed: 70.0 [57.0, 83.0],"
                + " better than the best parent.\n"),
        text);
  }

  @Test
  void aSummaryFromBeforeTheStudyWentOnConfirmsNothing() throws IOException {
    writeSummary("\"confirmed\": true, \"trials\": 5,");
    assertEquals(StudyStatus.State.STOPPED, status().state());
    writeSummary("\"confirmed\": false,");
    assertEquals(StudyStatus.State.STOPPED, status().state());
    Files.writeString(directory.resolve("summary.json"), "{");
    assertEquals(StudyStatus.State.STOPPED, status().state());
    writeSummary(""); // as summaries were before there were others
    assertEquals(StudyStatus.State.FINISHED, status().state());
  }

  @Test
  void theListHasARowAStudy() throws IOException {
    writeSummary("\"confirmed\": true,");
    StudyStatus finished = status();
    assertEquals(
        """
        study  state     base + donor  suite       optimizer  trials          best  confirm  begun
        -----------------------------------------------------------------------------------------------------
        a      finished  base + donor  suite.yaml  cmaes      3/32 + 3 known  75.0  70.0     2026-01-02 03:04
        """,
        StudyList.text(List.of(finished)));
    Map<String, Object> map = StudyList.maps(List.of(finished)).get(0);
    assertEquals("2026-01-02T03:04:05", map.get("begun"));
    assertEquals("cmaes", ((Map<?, ?>) map.get("spec")).get("optimizer"));
  }

  @Test
  void thePageHasTheScheduleTheTopTheFailuresAndTheCourse() {
    Schedule schedule =
        new Schedule(
            3,
            List.of(
                new Schedule.Rule("self_attn", List.of(0.0, 0.5, 1.0)),
                new Schedule.Rule("*", List.of(0.25, 0.25, 0.25))));
    String page = StudyPage.text(status(), Optional.of(schedule));
    assertTrue(page.startsWith(StatusReport.text(status())), page);
    assertTrue(
        page.endsWith(
            """

            Best so far: trial 3
            scalar  value   range
            ---------------------------
            attn    0.2500  0.0 ... 1.0

            t of self_attn by depth:
               1.0 |  *
               0.8 |
               0.6 | *
               0.4 |
               0.2 |
               0.0 |*
                   +---
                    first layer last
            t of other tensors: 0.250

            trial  origin        search
            ---------------------------------------
            3      proposal      75.0 [47.1, 102.9]
            2      global half   62.5 [34.6, 90.4]
            0      parent base   50.0 [22.1, 77.9]
            1      parent donor  25.0 [-2.9, 52.9]

            Failed:
            trial 4 (proposal) failed, the score is NaN

            Best so far over the trials, in points:
              75.0 | ****
              72.5 |
              70.0 |
              67.5 |
              65.0 |
              62.5 |*
                   +-----
                    first last
            """),
        page);
  }

  @Test
  void aFinishedStudyHasNeitherASoFarNorAWayOn() throws IOException {
    writeSummary("\"confirmed\": true, \"trials\": 6,");
    String page = StudyPage.text(status(), Optional.empty());
    assertTrue(page.contains("\nBest: trial 3\n"), page);
    assertTrue(page.contains("\nBest over the trials, in points:\n"), page);
    assertFalse(page.contains("so far"), page);
    assertFalse(page.contains("jsearch resume"), page);
  }

  @Test
  void aConfirmationWithoutAnIntervalIsItsScore() throws IOException {
    writeSummary("");
    Path summary = directory.resolve("summary.json");
    Files.writeString(
        summary, Files.readString(summary).replace(", \"interval95\": [0.57, 0.83]", ""));
    String text = StatusReport.text(status());
    assertTrue(text.endsWith("\nConfirmed: 70.0, better than the best parent.\n"), text);
  }

  @Test
  void thePageForMachinesHasTheSame() {
    Map<String, Object> map = StudyMap.of(status(), Optional.of(Schedule.global(2, 0.5)));
    Document read = Document.json("written", Writer.json(map));
    assertEquals("stopped", read.at("state").text());
    assertEquals(35, read.at("trials").at("total").number());
    assertEquals(2.0, read.at("seconds_a_trial").number());
    assertEquals(0.75, read.at("best").at("search").at("score").number());
    assertEquals(0.125, read.at("best").at("search").at("standard_error").number());
    assertEquals(0.25, read.at("best").at("scalars").at("attn").number());
    assertEquals(List.of(0.5, 0.5), read.at("schedule").at("*").value());
    assertEquals(3, read.at("top").items().get(0).at("trial").number());
    assertEquals("the score is NaN", read.at("failed").items().get(0).at("reason").text());
    assertEquals(List.of(0.625, 0.75, 0.75, 0.75, 0.75), read.at("best_so_far").value());
    assertEquals("jsearch resume " + directory, read.at("resume").text());
  }

  @Test
  void csvHasARowATrialAndEmptyCellsForWhatIsNotKnown() {
    assertEquals(
        """
        number,origin,state,objective,score,standard_error,items,seconds,begun,ended,attn,reason,merge,prefill,decode,rest
        0,parent base,complete,0.500001,0.5,0.125,2,2.0,2026-01-02T03:04:05,2026-01-02T03:04:07,,,,,,
        1,parent donor,complete,0.250001,0.25,0.125,2,2.0,2026-01-02T03:04:08,2026-01-02T03:04:10,,,,,,
        2,global half,complete,0.625001,0.625,0.125,2,2.0,2026-01-02T03:04:11,2026-01-02T03:04:13,,,,,,
        3,proposal,complete,0.750001,0.75,0.125,2,2.0,2026-01-02T03:04:14,2026-01-02T03:04:16,0.25,,,,,
        4,proposal,failed,,,,,,2026-01-02T03:04:17,2026-01-02T03:04:17,0.5,the score is NaN,,,,
        5,proposal,pruned,0.1,0.875,,1,2.0,2026-01-02T03:04:17,2026-01-02T03:04:19,1.0,,,,,
        6,proposal,running,,,,,,2026-01-02T03:04:19,,0.0,,,,,
        """,
        TrialRows.trials(Snapshot.of(directory)));
  }

  @Test
  void csvOfItemsHasARowATrialAndItem() {
    String rows = TrialRows.items(Snapshot.of(directory));
    assertTrue(rows.startsWith("trial,task,index,score\n0,sums,0,1.0\n0,sums,1,0.5\n1,"), rows);
    assertTrue(rows.endsWith("\n5,sums,0,0.875\n"), rows);
    assertEquals(1 + 4 * 2 + 1, rows.lines().count());
  }

  @Test
  void theInterimSummarySaysThatNothingIsConfirmed() {
    Map<String, Object> summary =
        InterimSummary.of(Examples.SPEC, "ramp", Snapshot.of(directory).trials());
    Document read = Document.json("written", Writer.json(summary));
    assertEquals(false, read.at("confirmed").bool());
    assertEquals("stopped", read.at("ended_by").text());
    assertEquals(6, read.at("trials").number());
    assertEquals(3, read.at("best").at("trial").number());
    assertEquals(
        Map.of("score", 0.625, "standard_error", 0.125, "items", 2L),
        read.at("best_global").at("search").value());
    assertEquals(0.5, read.at("base").at("search").at("score").number());
    assertEquals(10.0, read.at("seconds").number());
  }
}
