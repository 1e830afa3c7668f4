package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import jsearch.optimize.Evaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
  @TempDir Path results;

  @Test
  void whatWasToldIsThereAfterResuming() {
    List<Trial> told;
    List<Evaluation> history;
    try (Study study = create("a")) {
      told = Examples.search(study);
      history = study.history();
    }
    try (Study study = resume("a")) {
      assertEquals(told, study.trials());
      assertEquals(history, study.history());
      assertEquals(Examples.SPEC, study.spec());
    }
  }

  @Test
  void pointsSurviveBitForBit() {
    Random random = new Random(1);
    List<Double> point =
        random.doubles(200).mapToObj(x -> x * Math.scalb(1.0, -random.nextInt(1074))).toList();
    try (Study study = create("a")) {
      study.begin(Candidate.proposal(point, List.of()));
    }
    try (Study study = resume("a")) {
      assertEquals(point, study.trials().get(0).candidate().point());
    }
  }

  @Test
  void historyIsProposalsInTheOrderAskedUpToTheFirstUnfinished() {
    try (Study study = create("a")) {
      complete(study, study.begin(Candidate.known(Origin.parent("base"))), 9);
      Trial first = study.begin(proposal(0.1));
      Trial second = study.begin(proposal(0.2));
      Trial third = study.begin(proposal(0.3));
      study.fail(second, "score is NaN");
      assertEquals(List.of(), study.history());
      complete(study, first, 5);
      assertEquals(
          List.of(new Evaluation(List.of(0.1), 5), new Evaluation(List.of(0.2), Double.NaN)),
          study.history());
      assertEquals(List.of(third), study.unfinished());
    }
  }

  @Test
  void aTrialCutOffIsFinishedUnderItsNumber() {
    try (Study study = create("a")) {
      study.begin(proposal(0.1));
    }
    try (Study study = resume("a")) {
      Trial trial = study.unfinished().get(0);
      assertEquals(0, trial.number());
      complete(study, trial, 5);
      assertEquals(1, study.trials().size());
      assertEquals(List.of(new Evaluation(List.of(0.1), 5)), study.history());
    }
  }

  @Test
  void aFailedTrialKeepsItsReason() {
    try (Study study = create("a")) {
      Trial trial = study.fail(study.begin(proposal(0.1)), "score is NaN");
      assertEquals(Trial.State.FAIL, trial.state());
      assertEquals("score is NaN", trial.attributes().get(Trial.REASON));
      assertTrue(Double.isNaN(trial.objective()));
    }
  }

  @Test
  void aFinishedTrialNeverChanges() {
    try (Study study = create("a")) {
      Trial trial = study.begin(proposal(0.1));
      complete(study, trial, 5);
      assertThrows(IllegalStateException.class, () -> complete(study, trial, 6));
      assertThrows(IllegalStateException.class, () -> study.fail(trial, "late"));
    }
  }

  @Test
  void aKnownScheduleIsFoundByItsOrigin() {
    try (Study study = create("a")) {
      Trial trial = study.begin(Candidate.known(Origin.baseline("Q/H")));
      assertEquals(Optional.of(trial), study.find(Origin.baseline("Q/H")));
      assertEquals(Optional.empty(), study.find(Origin.global("Q/H")));
    }
  }

  @Test
  void notesThatTheStudyCouldNotReadBackAreRefused() {
    try (Study study = create("a")) {
      Trial trial = study.begin(proposal(0.1));
      for (Map<String, Object> notes :
          List.<Map<String, Object>>of(
              Map.of("score", 1), Map.of("items", 1), Map.of("loss", Double.NaN))) {
        assertThrows(
            IllegalArgumentException.class,
            () ->
                study.complete(
                    trial, new Scored(Examples.outcome(1), Map.of(), notes, new TreeMap<>())));
      }
      assertFalse(study.trials().get(0).finished());
    }
  }

  @Test
  void twoStudiesSideBySideDoNotDisturbEachOther() {
    List<Trial> alone;
    try (Study study = create("alone")) {
      alone = Examples.search(study);
    }
    try (Study a = create("a");
        Study b = create("b")) {
      for (int i = 0; i < Examples.BUDGET; i++) {
        Examples.evaluate(a, a.begin(Examples.next(a)));
        Examples.evaluate(b, b.begin(Examples.next(b)));
      }
      assertEquals(alone, a.trials());
      assertEquals(alone, b.trials());
    }
  }

  @Test
  void anExistingStudyIsRefusedWithTheWayOn() throws IOException {
    try (Study study = create("a")) {
      Examples.search(study);
    }
    String before = Files.readString(results.resolve("a/journal.log"));
    StudyException e = assertThrows(StudyException.class, () -> create("a"));
    assertTrue(e.getMessage().contains("jsearch resume " + results.resolve("a")), e.getMessage());
    assertEquals(before, Files.readString(results.resolve("a/journal.log")));
  }

  @Test
  void aDirectoryOfOtherThingsIsRefusedAndLeftAsItIs() throws IOException {
    Path directory = Files.createDirectory(results.resolve("a"));
    Files.writeString(directory.resolve("thesis.tex"), "x");
    StudyException e = assertThrows(StudyException.class, () -> create("a"));
    assertTrue(e.getMessage().contains("thesis.tex"), e.getMessage());
    try (var entries = Files.list(directory)) {
      assertEquals(1, entries.count());
    }
  }

  @Test
  void aChangedSpecIsRefusedByResume() {
    create("a").close();
    StudyException e =
        assertThrows(
            StudyException.class,
            () -> Study.resume(results.resolve("a"), Examples.spec(8), Examples.ticking()));
    assertTrue(e.getMessage().contains("seed was 7, is now 8"), e.getMessage());
  }

  @Test
  void aRefusedResumeLeavesTheStudyFree() throws IOException {
    create("a").close();
    Path journal = results.resolve("a/journal.log");
    String whole = Files.readString(journal);
    Files.writeString(journal, "rubbish\n" + whole);
    assertThrows(StudyException.class, () -> resume("a"));
    Files.writeString(journal, whole);
    resume("a").close();
  }

  @Test
  void aNoteFromADashboardIsPassedOver() throws IOException {
    Path journal = results.resolve("a/journal.log");
    List<Trial> told;
    try (Study study = create("a")) {
      Trial trial = study.begin(proposal(0.1));
      Files.writeString(
          journal,
          """
          {"op_code":3,"worker_id":"x","study_id":0,"system_attr":{"dashboard:note_str:0":"hm"}}
          {"op_code":2,"worker_id":"x","study_id":0,"user_attr":{"a":1}}
          {"op_code":9,"worker_id":"x","trial_id":0,"system_attr":{"a":1}}
          """,
          StandardOpenOption.APPEND);
      complete(study, trial, 5);
      told = study.trials();
      assertEquals(5, told.get(0).objective());
    }
    assertTrue(Files.readString(journal).contains("dashboard:note_str"));
    try (Study study = resume("a")) {
      assertEquals(told, study.trials());
    }
  }

  @Test
  void aTrialOfAnotherProgramIsRefused() throws IOException {
    try (Study study = create("a")) {
      Files.writeString(
          results.resolve("a/journal.log"),
          """
          {"op_code":4,"worker_id":"x","study_id":0,"datetime_start":"2026-01-01T00:00:00.000000"}
          """,
          StandardOpenOption.APPEND);
      StudyException e = assertThrows(StudyException.class, () -> study.begin(proposal(0.1)));
      assertTrue(e.getMessage().contains("journal.log, line 2"), e.getMessage());
      assertTrue(e.getMessage().contains("jsearch's own trials"), e.getMessage());
    }
  }

  private static Candidate proposal(double x) {
    return Candidate.proposal(List.of(x), List.of(new Param("t", x, 0, 1)));
  }

  private static void complete(Study study, Trial trial, double objective) {
    study.complete(
        trial, new Scored(Examples.outcome(objective), Map.of(), Map.of(), new TreeMap<>()));
  }

  private Study create(String name) {
    return Study.create(results.resolve(name), Examples.SPEC, Examples.ticking());
  }

  private Study resume(String name) {
    return Study.resume(results.resolve(name), Examples.SPEC, Examples.ticking());
  }
}
