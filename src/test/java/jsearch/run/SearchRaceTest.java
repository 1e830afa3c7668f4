package jsearch.run;

import static jsearch.run.TinyPair.CLOCK;
import static jsearch.run.TinyPair.SILENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.optimize.Algorithm;
import jsearch.schedule.Schedule;
import jsearch.study.Outcome;
import jsearch.study.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchRaceTest {
  private static final int BUDGET = 8;

  /** Two blocks of 60 items. */
  private static final int BLOCK = 60;

  @TempDir Path temp;
  private SearchRequest request;

  @BeforeEach
  void writePair() {
    TinyPair pair = TinyPair.write(temp);
    request = pair.race(pair.suiteOfTheBase(), Algorithm.RANDOM, BUDGET);
  }

  private Session create(String name) {
    return Session.create(request, () -> temp.resolve(name), CLOCK, new Places(temp));
  }

  @Test
  void proposalsClearlyWorseThanTheBestAreDroppedAndNothingElseIs() {
    try (Session session = create("study")) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      List<Trial> trials = session.study().trials();
      double best = Double.NEGATIVE_INFINITY;
      int dropped = 0;
      for (Trial trial : trials) {
        Outcome outcome = trial.outcome().orElseThrow();
        if (trial.state() == Trial.State.PRUNED) {
          assertTrue(trial.number() >= TinyPair.KNOWN);
          assertEquals(BLOCK, outcome.items());
          assertTrue(outcome.objective() < best, outcome + " of " + best);
          dropped++;
        } else {
          assertEquals(2 * BLOCK, outcome.items());
          best = trial.number() < 2 ? best : Math.max(best, outcome.objective());
        }
      }
      assertTrue(dropped > 0 && dropped < BUDGET, dropped + " dropped");
      assertEquals(
          new Savings(BUDGET, dropped, 2L * BLOCK * BUDGET, (long) BLOCK * dropped),
          session.savings().orElseThrow());
      assertEquals(best, session.verdict(null).winner().trial().objective());
    }
  }

  @Test
  void blocksTogetherAreTheWholeItemByItem() {
    try (Session race = create("study")) {
      race.run(SILENT, () -> race.study().trials().size() == 1);
      Scores whole = race.workbench().score(schedule(race), Split.SEARCH);
      assertEquals(2 * BLOCK, whole.items().size());
      Scores first = race.workbench().score(schedule(race), Split.SEARCH, soFar -> false);
      assertEquals(BLOCK, first.items().size());
      assertEquals(first, whole.first(first));
    }
  }

  private static Schedule schedule(Session session) {
    return Schedule.global(session.workbench().layers(), 0.5);
  }

  @Test
  void aRaceCutOffAnywhereTakesTheWayOfAnUndisturbedOne() throws IOException {
    try (Session session = create("whole")) {
      session.run(SILENT, () -> false);
    }
    List<String> whole = Files.readAllLines(temp.resolve("whole/journal.log"));
    assertTrue(whole.stream().anyMatch(line -> line.contains("\"state\":2")));
    create("cut").close();
    boolean done = false;
    while (!done) {
      // Every trial in a session of its own, which knows the others by the journal alone.
      try (Session session = Session.resume(temp.resolve("cut"), CLOCK, new Places(temp))) {
        AtomicInteger evaluated = new AtomicInteger();
        done =
            session.run(
                    (trial, finished, total, replayed) -> evaluated.addAndGet(replayed ? 0 : 1),
                    () -> evaluated.get() >= 1)
                == Ending.BUDGET;
      }
    }
    List<String> cut = Files.readAllLines(temp.resolve("cut/journal.log"));
    assertEquals(whole.subList(1, whole.size()), cut.subList(1, cut.size()));
  }

  @Test
  void aRaceOfTooFewItemsIsToldAndScoresEveryTrialWhole() {
    TinyPair pair = TinyPair.write(temp);
    request = pair.race(pair.suite(), Algorithm.RANDOM, 2);
    try (Session session = create("study")) {
      assertTrue(
          session
              .workbench()
              .warnings()
              .contains("4 search items are too few for a race: every trial is scored whole."));
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      assertEquals(new Savings(2, 0, 8, 0), session.savings().orElseThrow());
    }
  }

  @Test
  void aSearchIsNoRaceUnlessAskedFor() {
    SearchRequest plain = TinyPair.write(temp).request(Algorithm.RANDOM, 1);
    try (Session session =
        Session.create(plain, () -> temp.resolve("plain"), CLOCK, new Places(temp))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      assertFalse(session.savings().isPresent());
    }
  }
}
