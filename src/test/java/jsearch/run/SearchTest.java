package jsearch.run;

import static jsearch.run.TinyPair.CLOCK;
import static jsearch.run.TinyPair.PLACES;
import static jsearch.run.TinyPair.SILENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.optimize.Algorithm;
import jsearch.study.StudyException;
import jsearch.study.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {

  @TempDir Path temp;
  private TinyPair pair;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp);
  }

  private Session create(SearchRequest request) {
    return Session.create(request, () -> temp.resolve("study"), CLOCK, PLACES);
  }

  private Session resume() {
    return Session.resume(temp.resolve("study"), CLOCK, PLACES);
  }

  private static List<String> origins(Session session) {
    return session.study().trials().stream().map(t -> t.candidate().origin().toString()).toList();
  }

  @Test
  void parentsComeFirstThenKnownSchedulesThenExactlyTheBudgetOfProposals() {
    try (Session session = create(pair.request(Algorithm.RANDOM, 3))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      assertEquals(
          List.of(
              "parent base",
              "parent donor",
              "global half",
              "baseline cross",
              "proposal",
              "proposal",
              "proposal"),
          origins(session));
      assertTrue(session.study().trials().stream().allMatch(Trial::finished));
    }
  }

  @Test
  void aBudgetOfOneTriesTheCentreOfTheFamily() {
    try (Session session = create(pair.request(Algorithm.CMAES, 1))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      List<Trial> trials = session.study().trials();
      assertEquals(TinyPair.KNOWN + 1, trials.size());
      assertEquals(Collections.nCopies(6, 0.5), trials.get(4).candidate().point());
      // At its centre ramp is global SLERP at t = 0.5.
      assertEquals(trials.get(2).objective(), trials.get(4).objective());
    }
  }

  @Test
  void aBudgetOfZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> pair.request(Algorithm.CMAES, 0));
  }

  @Test
  void progressTellsEveryTrialOnceInOrder() {
    List<String> told = new ArrayList<>();
    Progress progress =
        (trial, finished, total, replayed) ->
            told.add(trial.number() + " " + finished + "/" + total + (replayed ? " again" : ""));
    try (Session session = create(pair.request(Algorithm.RANDOM, 2))) {
      assertEquals(Ending.STOPPED, session.run(progress, () -> told.size() == 5));
    }
    try (Session session = resume()) {
      assertEquals(Ending.BUDGET, session.run(progress, () -> false));
    }
    List<String> expected = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> expected.add(i + " " + (i + 1) + "/6"));
    IntStream.range(0, 5).forEach(i -> expected.add(i + " " + (i + 1) + "/6 again"));
    expected.add("5 6/6");
    assertEquals(expected, told);
  }

  @Test
  void toldToStopBeforeTheFirstTrialItDoesNothing() {
    try (Session session = create(pair.request(Algorithm.CMAES, 2))) {
      assertEquals(Ending.STOPPED, session.run(SILENT, () -> true));
      assertEquals(List.of(), session.study().trials());
    }
    try (Session session = resume()) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
    }
  }

  @Test
  void aMergeThatOverflowsIsAFailedTrialAndTheSearchGoesOn() {
    pair.makeMergesOverflow();
    try (Session session = create(pair.request(Algorithm.CMAES, 3))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      List<Trial> trials = session.study().trials();
      assertEquals(TinyPair.KNOWN + 3, trials.size());
      Trial half = trials.get(2);
      assertEquals(Trial.State.FAIL, half.state());
      assertEquals("the score is NaN", half.attributes().get(Trial.REASON));
      // "cross" takes the MLP of layer 0 from the donor alone.
      assertEquals(Trial.State.COMPLETE, trials.get(3).state());
      Verdict verdict = session.verdict(session.workbench().compatibility());
      assertEquals(3, verdict.winner().trial().number());
      assertTrue(verdict.bestGlobal().isEmpty());
    }
  }

  @Test
  void aPointWithoutAScheduleIsAFailedTrialAndTheSearchGoesOn() {
    Path family =
        pair.write(
            "family.yaml",
            """
            family: root
            scalars: {a: {range: [-1, 1], centre: 0.5}}
            t: [{filter: "*", value: SQRT(a)}]
            """);
    try (Session session = create(pair.request(family, Algorithm.RANDOM, 12))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      List<Trial> proposals = session.study().trials().subList(TinyPair.KNOWN, TinyPair.KNOWN + 12);
      for (Trial trial : proposals) {
        boolean rooted = trial.candidate().params().get(0).value() >= 0;
        assertEquals(rooted ? Trial.State.COMPLETE : Trial.State.FAIL, trial.state());
      }
      Trial failed =
          proposals.stream().filter(t -> t.outcome().isEmpty()).findFirst().orElseThrow();
      String reason = failed.attributes().get(Trial.REASON).toString();
      assertTrue(reason.contains("SQRT") && reason.lines().count() == 1, reason);
    }
  }

  @Test
  void aFamilyWithoutAScheduleAtItsCentreIsRefusedBeforeAnythingIsWritten() {
    Path family =
        pair.write(
            "family.yaml",
            """
            family: root
            scalars: {a: {range: [-1, 1], centre: -0.5}}
            t: [{filter: "*", value: SQRT(a)}]
            """);
    assertThrows(
        InputException.class, () -> create(pair.request(family, Algorithm.RANDOM, 1)).close());
    assertFalse(temp.resolve("study").toFile().exists());
  }

  @Test
  void withoutAScoreOfAParentThereIsNothingToCompareWith() {
    // The attention's output overflows float32.
    TinyPair.fill(pair.donor(), "model.layers.0.self_attn.v_proj.weight", 3e38f);
    TinyPair.fill(pair.donor(), "model.layers.0.self_attn.o_proj.weight", 3e38f);
    try (Session session = create(pair.request(Algorithm.RANDOM, 1))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      StudyException e =
          assertThrows(
              StudyException.class, () -> session.verdict(session.workbench().compatibility()));
      assertEquals(
          "The donor could not be scored, so there is nothing to compare with.", e.getMessage());
    }
  }

  @Test
  void theVerdictScoresTheWinnerOnItemsThatNothingWasChosenBy() {
    try (Session session = create(pair.request(Algorithm.RANDOM, 2))) {
      session.run(SILENT, () -> false);
      Verdict verdict = session.verdict(session.workbench().compatibility());
      for (Finalist finalist : List.of(verdict.base(), verdict.donor(), verdict.winner())) {
        assertEquals(session.workbench().items(Split.SEARCH), finalist.search().items().size());
        assertEquals(session.workbench().items(Split.CONFIRM), finalist.confirm().items().size());
        List<Integer> ids =
            new ArrayList<>(finalist.search().items().stream().map(i -> i.id()).toList());
        ids.retainAll(finalist.confirm().items().stream().map(i -> i.id()).toList());
        assertEquals(List.of(), ids);
        assertEquals(finalist.trial().objective(), finalist.search().objective());
      }
      Trial best =
          session.study().trials().stream()
              .skip(2)
              .max((a, b) -> Double.compare(a.objective(), b.objective()))
              .orElseThrow();
      assertEquals(best.objective(), verdict.winner().trial().objective());
    }
  }

  @Test
  void aGainIsSeenFromTheBetterParentInEveryProcess() throws IOException {
    pair.write(
        "suite.yaml",
        "suite: tiny\nobjective: gain\ntasks: [{task: task.yaml, search: 4, confirm: 8}]\n");
    try (Session session = create(pair.request(Algorithm.RANDOM, 2))) {
      assertEquals(Ending.STOPPED, session.run(SILENT, () -> session.study().trials().size() == 5));
    }
    try (Session session = resume()) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      List<Trial> trials = session.study().trials();
      double better = Math.max(right(trials.get(0)), right(trials.get(1)));
      for (Trial trial : trials) {
        assertEquals(right(trial) - better, trial.outcome().orElseThrow().score(), 1e-12);
      }
      Verdict verdict = session.verdict(session.workbench().compatibility());
      Scores confirm = verdict.winner().confirm();
      double best =
          Math.max(
              verdict.base().confirm().tasks().get(0).score(),
              verdict.donor().confirm().tasks().get(0).score());
      assertEquals(confirm.tasks().get(0).score() - best, confirm.estimate().mean(), 1e-12);
      assertEquals(
          verdict.winner().trial().objective(), verdict.winner().search().objective(), 1e-12);
    }
  }

  /** The share of search items that are right. */
  private double right(Trial trial) throws IOException {
    String line = Files.readAllLines(temp.resolve("study/items.log")).get(trial.number());
    return Document.json("items.log", line.substring(9)).at("items").at("letters").items().stream()
        .mapToDouble(Document::number)
        .average()
        .orElseThrow();
  }

  @Test
  void aChangedInputIsNamedAndTheStudyDoesNotGoOn() {
    try (Session session = create(pair.request(Algorithm.RANDOM, 2))) {
      session.run(SILENT, () -> session.study().trials().size() == 3);
    }
    pair.write("items.jsonl", itemsOtherThanBefore());
    StudyException e = assertThrows(StudyException.class, () -> resume().close());
    assertTrue(e.getMessage().contains("suite.fingerprint was sha256:"), e.getMessage());
    assertFalse(e.getMessage().contains("base.fingerprint"), e.getMessage());
  }

  private static String itemsOtherThanBefore() {
    StringBuilder items = new StringBuilder();
    IntStream.range(0, 12)
        .forEach(i -> items.append("{\"q\": \"%d plus %d\", \"a\": 1}%n".formatted(i, i)));
    return items.toString();
  }
}
