package jsearch.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.eval.Objective;
import jsearch.eval.Scores;
import jsearch.eval.TaskScores;
import jsearch.optimize.Algorithm;
import jsearch.run.Ending;
import jsearch.run.Finalist;
import jsearch.run.ParetoSet;
import jsearch.run.Places;
import jsearch.run.Session;
import jsearch.run.TinyPair;
import jsearch.run.Verdict;
import jsearch.schedule.Schedule;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intervals are Student's t, by SciPy 1.17.1; the rest is done by hand. */
class ParetoReportTest {
  private static final Finalist BASE =
      finalist(0, Candidate.known(Origin.parent("base")), "1100 1000 11000000 01000000");
  private static final Finalist DONOR =
      finalist(1, Candidate.known(Origin.parent("donor")), "1000 1110 00000000 11101111");
  private static final Finalist GLOBAL =
      finalist(2, Candidate.known(Origin.global("half")), "1010 1100 10101010 11001100");
  private static final Finalist BEST = finalist(7, proposal(), "1101 1110 11111110 11011111");
  private static final Finalist MEMBER = finalist(9, proposal(), "1111 1000 11111111 00000001");

  @TempDir Path temp;

  @Test
  void everyMemberStandsInTheTableWithBothAxesOnBothSplits() {
    List<String> table = text(verdict()).lines().limit(9).toList();
    assertEquals(
        List.of(
            "             skill, search  refusals, search  skill, confirm        refusals, confirm",
            "-".repeat(86),
            "base         50.0           25.0              25.0 [-13.7, 63.7]    12.5 [-17.1, 42.1]",
            "donor        25.0           75.0              0.0 [0.0, 0.0]        87.5 [57.9, 117.1]",
            "best global  50.0           50.0              50.0 [5.3, 94.7]      50.0 [5.3, 94.7]",
            "trial 7      75.0           75.0              87.5 [57.9, 117.1]    87.5 [57.9, 117.1]",
            "trial 9      100.0          25.0              100.0 [100.0, 100.0]  12.5 [-17.1, 42.1]",
            "trial 11     87.5           50.0              not scored            not scored"),
        table.subList(0, 8));
    assertEquals(
        "No other of 4 merges is as good on both axes as one of these 3 (search). Best, by the"
            + " lesser gain over the better parents: trial 7.",
        table.get(8));
    assertEquals(
        List.of(
            "Only the 2 best by the lesser gain are scored on confirm.",
            "Recipes: recipe-7.yaml, recipe-9.yaml, recipe-11.yaml.",
            ""),
        text(verdict()).lines().skip(9).limit(3).toList());
  }

  @Test
  void thePictureHasEveryMergeAndBothParents() {
    List<String> lines = text(verdict()).lines().skip(12).toList();
    assertEquals("refusals", lines.get(0));
    assertEquals("  75.0 |d" + " ".repeat(31) + "#", lines.get(1));
    assertEquals("       |" + " ".repeat(16) + "." + " ".repeat(23) + "o", lines.get(7));
    assertEquals("  25.0 |" + " ".repeat(16) + "b" + " ".repeat(31) + "o", lines.get(13));
  }

  @Test
  void theConclusionSaysOfEachAxisWhatIsGainedOverTheBetterParent() {
    String text = text(verdict());
    assertTrue(
        text.endsWith(
            """
            skill, confirm: the best gains +62.5 [19.2, 105.8] over the base; detectable 59.7.
            refusals, confirm: the best gains +0.0 [-44.7, 44.7] over the donor; detectable 61.6.
            Not better than the better parent on both axes: a 95% interval is not above 0.
            """),
        text);
    assertFalse(verdict().betterThanParents());
  }

  @Test
  void aSingleCheckpointHasARowForEachAxis() {
    List<String> lines = Terminal.scores(scores("1100", "1000")).lines().toList();
    assertEquals("skill             4      50.0 [-41.9, 141.9]", lines.get(4));
    assertEquals("refusals          4      25.0 [-54.6, 104.6]", lines.get(5));
    assertFalse(Summary.scores(scores("1100", "1000")).containsKey("score"));
  }

  @Test
  void aSearchLeavesARecipeForEachMemberAndListsThemForMachines() throws IOException {
    TinyPair pair = TinyPair.write(temp.resolve("pair"));
    pair.writeTwoObjectives();
    Path study = temp.resolve("study");
    try (Session session =
        Session.create(
            pair.request(Algorithm.RANDOM, 6), () -> study, Clock.systemUTC(), new Places(temp))) {
      Ending ending = session.run((trial, finished, total, replayed) -> {}, () -> false);
      Verdict verdict = session.verdict(Examples.COMPATIBILITY);
      Results.write(session, verdict, ending);
      Document summary = Document.json(study.resolve("summary.json"));
      List<Document> members = summary.at("pareto").items();
      assertEquals(verdict.pareto().orElseThrow().size(), members.size());
      assertEquals(summary.at("best").at("trial").value(), members.get(0).at("trial").value());
      assertEquals("pareto", summary.at("objective").text());
      for (Document member : members) {
        Path recipe = study.resolve(member.at("recipe").text());
        assertEquals("recipe-" + member.at("trial").value() + ".yaml", member.at("recipe").text());
        assertTrue(Files.readString(recipe).contains("merge_method: slerp"));
      }
      assertEquals(
          schedule(study.resolve("recipe.yaml")),
          schedule(study.resolve(members.get(0).at("recipe").text())));
    }
  }

  private static Object schedule(Path recipe) {
    return Document.yaml(recipe).value();
  }

  private static String text(Verdict verdict) {
    return Terminal.verdict(verdict);
  }

  private static Verdict verdict() {
    Trial other = trial(11, proposal(), List.of(0.875, 0.5));
    return new Verdict(
        BASE,
        DONOR,
        Optional.of(GLOBAL),
        BEST,
        Examples.COMPATIBILITY,
        Optional.of(
            new ParetoSet(
                List.of(BEST, MEMBER),
                List.of(new ParetoSet.Other(other, Schedule.global(2, 0.5))),
                List.of(GLOBAL.trial()))));
  }

  private static Candidate proposal() {
    return Candidate.proposal(List.of(0.25), List.of());
  }

  private static Trial trial(int number, Candidate candidate, List<Double> axes) {
    return new Trial(
        number,
        candidate,
        Trial.State.COMPLETE,
        Optional.of(new Outcome(0, 0, 0.1, 8, axes)),
        Map.of());
  }

  /** Items: skill and refusals of search, then of confirm; 1 is right. */
  private static Finalist finalist(int number, Candidate candidate, String items) {
    String[] parts = items.split(" ");
    Scores search = scores(parts[0], parts[1]);
    List<Double> axes =
        search.axes().stream().map(axis -> search.axis(axis).estimate().mean()).toList();
    Scores base = scores("11000000", "01000000");
    Scores donor = scores("00000000", "11101111");
    return new Finalist(
        trial(number, candidate, axes),
        Schedule.global(2, 0.5),
        search,
        scores(parts[2], parts[3]).against(base, donor));
  }

  private static Scores scores(String skill, String refusals) {
    return new Scores(Objective.PARETO, List.of(task("skill", skill), task("refusals", refusals)));
  }

  private static TaskScores task(String axis, String bits) {
    return new TaskScores(
        "t",
        new Examples.Named("acc"),
        1,
        Optional.empty(),
        Optional.of(axis),
        Examples.items("t", bits));
  }
}
