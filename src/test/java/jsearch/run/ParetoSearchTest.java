package jsearch.run;

import static jsearch.run.TinyPair.CLOCK;
import static jsearch.run.TinyPair.PLACES;
import static jsearch.run.TinyPair.SILENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.optimize.Algorithm;
import jsearch.study.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search for two objectives: to say odd and even as the data does, and to say the reverse. */
class ParetoSearchTest {
  private static final int BUDGET = 12;

  @TempDir Path temp;
  private TinyPair pair;

  @BeforeEach
  void writePairAndSuite() {
    pair = TinyPair.write(temp);
    pair.writeTwoObjectives();
  }

  private Session create(String study) {
    return Session.create(
        pair.request(Algorithm.CMAES, BUDGET), () -> temp.resolve(study), CLOCK, PLACES);
  }

  @Test
  void aTrialHasTheScoreOfEachAxisAndTheOptimizerIsToldOneNumber() throws IOException {
    try (Session session = create("study")) {
      session.run(SILENT, () -> false);
      List<Trial> trials = session.study().trials();
      double straight = Math.max(right(trials.get(0), "letters"), right(trials.get(1), "letters"));
      double reverse = Math.max(right(trials.get(0), "reverse"), right(trials.get(1), "reverse"));
      for (Trial trial : trials) {
        double a = right(trial, "letters");
        double b = right(trial, "reverse");
        assertEquals(List.of(a, b), trial.outcome().orElseThrow().axes());
        double gain = a - straight;
        double other = b - reverse;
        double told = Math.min(gain, other) + 0.05 * (gain + other) / 2;
        assertEquals(told, trial.outcome().orElseThrow().score(), 1e-12);
        assertEquals(told, trial.objective(), 1e-6);
      }
    }
  }

  @Test
  void theVerdictHasEveryMergeThatNoOtherBeats() {
    try (Session session = create("study")) {
      session.run(SILENT, () -> false);
      Verdict verdict = session.verdict(session.workbench().compatibility());
      ParetoSet set = verdict.pareto().orElseThrow();
      List<Trial> members = new ArrayList<>(set.confirmed().stream().map(Finalist::trial).toList());
      set.others().forEach(other -> members.add(other.trial()));
      assertEquals(verdict.winner().trial(), members.get(0));
      assertEquals(BUDGET + 2, set.size() + set.beaten().size());
      List<Trial> merges = session.study().trials().subList(2, BUDGET + 4);
      for (Trial trial : merges) {
        boolean beaten = merges.stream().anyMatch(other -> beats(other, trial));
        boolean twin = members.stream().anyMatch(member -> axes(member).equals(axes(trial)));
        assertEquals(beaten, !twin, trial.toString());
      }
      for (Finalist member : set.confirmed()) {
        assertEquals(member.trial().objective(), member.search().objective(), 1e-15);
        assertEquals(List.of("straight", "reverse"), member.confirm().axes());
      }
    }
  }

  @Test
  void aSearchCutOffGoesOnAsTheUndisturbedOne() throws IOException {
    try (Session session = create("whole")) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
    }
    try (Session session = create("cut")) {
      assertEquals(Ending.STOPPED, session.run(SILENT, () -> session.study().trials().size() == 7));
    }
    try (Session session = Session.resume(temp.resolve("cut"), CLOCK, PLACES)) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
    }
    assertEquals(events("whole"), events("cut"));
  }

  @Test
  void aRaceIsRefusedBeforeAnythingIsWritten() {
    SearchRequest race = pair.race(pair.suite(), Algorithm.RANDOM, 2);
    InputException e =
        assertThrows(
            InputException.class,
            () -> Session.create(race, () -> temp.resolve("study"), CLOCK, PLACES));
    assertEquals(
        pair.suite()
            + " has the objective pareto, expected one objective for a race.\n"
            + "Maybe search without --race.",
        e.getMessage());
    assertFalse(Files.exists(temp.resolve("study")));
  }

  private static boolean beats(Trial a, Trial b) {
    List<Double> x = axes(a);
    List<Double> y = axes(b);
    return x.get(0) >= y.get(0) && x.get(1) >= y.get(1) && !x.equals(y);
  }

  private static List<Double> axes(Trial trial) {
    return trial.outcome().orElseThrow().axes();
  }

  /** All lines but the first, which has the study's name; trials take no time by this clock. */
  private List<String> events(String study) throws IOException {
    List<String> lines = Files.readAllLines(temp.resolve(study).resolve("journal.log"));
    return lines.subList(1, lines.size());
  }

  /** The share of a task's search items that are right. */
  private double right(Trial trial, String task) throws IOException {
    String line = Files.readAllLines(temp.resolve("study/items.log")).get(trial.number());
    return Document.json("items.log", line.substring(9)).at("items").at(task).items().stream()
        .mapToDouble(Document::number)
        .average()
        .orElseThrow();
  }
}
