package jsearch.run;

import static jsearch.run.TinyPair.CLOCK;
import static jsearch.run.TinyPair.SILENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import jsearch.optimize.Algorithm;
import jsearch.study.Limits;
import jsearch.study.StudyException;
import jsearch.study.StudySpec;
import jsearch.study.TimeLimit;
import jsearch.study.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers and limits on a real pair. */
class SessionTest {

  @TempDir Path temp;
  private TinyPair pair;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp);
  }

  private static Limits time(String text) {
    return new Limits(
        Optional.of(TimeLimit.parse(text)), OptionalInt.empty(), OptionalDouble.empty());
  }

  private Session create(String name, SearchRequest request) {
    return Session.create(request, () -> temp.resolve(name), CLOCK, new Places(temp));
  }

  private Session resume(String name, Limits asked) {
    return Session.resume(temp.resolve(name), Amendments.of(asked), CLOCK, new Places(temp));
  }

  private Path items(String name) {
    return temp.resolve(name).resolve("items.log");
  }

  @Test
  void twoWorkersFindWhatOneFinds() throws IOException {
    List<Trial> one;
    try (Session session = create("one", pair.request(Algorithm.CMAES, 12, Limits.NONE, 1))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      one = session.study().trials();
    }
    try (Session session = create("two", pair.request(Algorithm.CMAES, 12, Limits.NONE, 2))) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      assertEquals(one, session.study().trials());
      assertTrue(session.verdict(null).winner().trial().outcome().isPresent());
    }
    assertEquals(Files.readString(items("one")), Files.readString(items("two")));
    assertEquals(2, StudySpec.read(temp.resolve("two")).compute().workers());
  }

  @Test
  void twoWorkersSeeTheSameGainOverTheParentsAsOne() {
    pair.write(
        "suite.yaml",
        "suite: tiny\nobjective: gain\ntasks: [{task: task.yaml, search: 4, confirm: 8}]\n");
    List<Trial> one;
    try (Session session = create("one", pair.request(Algorithm.RANDOM, 4, Limits.NONE, 1))) {
      session.run(SILENT, () -> false);
      one = session.study().trials();
    }
    try (Session session = create("two", pair.request(Algorithm.RANDOM, 4, Limits.NONE, 2))) {
      session.run(SILENT, () -> false);
      assertEquals(one, session.study().trials());
    }
  }

  @Test
  void aRaceOfTwoWorkersIsTheSameEveryTime() throws IOException {
    SearchRequest alone = pair.race(pair.suiteOfTheBase(), Algorithm.RANDOM, 8);
    SearchRequest request =
        new SearchRequest(
            alone.base(),
            alone.donor(),
            alone.tokens(),
            alone.suite(),
            alone.family(),
            alone.baselines(),
            alone.algorithm(),
            alone.budget(),
            alone.seed(),
            true,
            Limits.NONE,
            OptionalInt.of(2),
            alone.arithmetic());
    for (String name : List.of("first/study", "second/study")) {
      try (Session session = create(name, request)) {
        assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
        assertTrue(session.savings().orElseThrow().dropped() > 0);
      }
    }
    assertEquals(
        Files.readString(temp.resolve("first/study/journal.log")),
        Files.readString(temp.resolve("second/study/journal.log")));
    assertEquals(Files.readString(items("first/study")), Files.readString(items("second/study")));
  }

  @Test
  void aStudyGoesOnWithAsManyWorkersAsItBeganWith() throws IOException {
    SearchRequest request = pair.request(Algorithm.RANDOM, 6, Limits.NONE, 3);
    try (Session session = create("whole", request)) {
      session.run(SILENT, () -> false);
    }
    AtomicInteger finished = new AtomicInteger();
    try (Session session = create("cut", request)) {
      Progress counting = (trial, done, total, replayed) -> finished.set(done);
      assertEquals(Ending.STOPPED, session.run(counting, () -> false, () -> finished.get() >= 5));
      assertTrue(session.study().trials().stream().anyMatch(trial -> !trial.finished()));
    }
    try (Session session = resume("cut", Limits.NONE)) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
    }
    List<String> whole = Files.readAllLines(temp.resolve("whole/journal.log"));
    List<String> cut = Files.readAllLines(temp.resolve("cut/journal.log"));
    // The first line has the name.
    assertEquals(whole.subList(1, whole.size()), cut.subList(1, cut.size()));
    assertEquals(Files.readString(items("whole")), Files.readString(items("cut")));
  }

  @Test
  void anotherNumberOfWorkersIsAnotherSearch() {
    create("study", pair.request(Algorithm.RANDOM, 1, Limits.NONE, 2)).close();
    Amendments amended =
        new Amendments(
            Limits.NONE,
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(1));
    Path study = temp.resolve("study");
    StudyException e =
        assertThrows(
            StudyException.class, () -> Session.resume(study, amended, CLOCK, new Places(temp)));
    assertTrue(e.getMessage().contains("compute.workers was 2, is now not set"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 77})
  void aStudyOfASmallModelIsTheSameOnAnyNumberOfThreads(int threads) throws IOException {
    SearchRequest request = pair.request(Algorithm.CMAES, 6);
    List<Trial> trials;
    try (Session session = create("whole", request)) {
      session.run(SILENT, () -> false);
      trials = session.study().trials();
      assertEquals(List.of(), session.notes());
    }
    create("moved", request).close();
    Path file = temp.resolve("moved/study.yaml");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("threads: \\d+", "threads: " + threads));
    try (Session session = resume("moved", Limits.NONE)) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
      assertEquals(trials, session.study().trials());
      assertEquals(OptionalInt.of(threads), session.study().spec().compute().threads());
      assertTrue(threads < 77 || session.notes().get(0).contains("begun with 77 threads"));
    }
    assertEquals(
        Files.readString(temp.resolve("whole/items.log")),
        Files.readString(temp.resolve("moved/items.log")));
  }

  @Test
  void aTimeLimitGivenAnewEndsAStudyWithWhatItHas() {
    try (Session session = create("study", pair.request(Algorithm.RANDOM, 9))) {
      session.run(SILENT, () -> session.study().trials().size() == 6);
      assertEquals(Optional.empty(), deadline(session));
    }
    try (Session session = resume("study", time("0s"))) {
      assertEquals(Optional.of(LocalDateTime.now(CLOCK)), deadline(session));
      assertEquals(Ending.TIME_LIMIT, session.run(SILENT, () -> false));
      assertEquals(6, session.study().trials().size());
      assertTrue(session.verdict(null).winner().trial().number() >= 2);
    }
    try (Session session = resume("study", Limits.NONE)) {
      assertEquals(Ending.BUDGET, session.run(SILENT, () -> false));
    }
  }

  private static Optional<LocalDateTime> deadline(Session session) {
    return session.study().snapshot().turn().orElseThrow().deadline();
  }

  @Test
  void aTargetThatAKnownScheduleReachesEndsTheSearchThereAndOnResume() {
    Limits low = new Limits(Optional.empty(), OptionalInt.empty(), OptionalDouble.of(0.0));
    try (Session session = create("study", pair.request(Algorithm.RANDOM, 9, low, 1))) {
      assertEquals(Ending.TARGET, session.run(SILENT, () -> false));
      assertEquals(3, session.study().trials().size());
      assertEquals(2, session.verdict(null).winner().trial().number());
    }
    try (Session session = resume("study", Limits.NONE)) {
      assertEquals(Ending.TARGET, session.run(SILENT, () -> false));
      assertEquals(3, session.study().trials().size());
    }
  }

  @Test
  void patienceEndsTheSameTrialsWheneverItIsLookedAt() {
    Limits two = new Limits(Optional.empty(), OptionalInt.of(2), OptionalDouble.empty());
    int trials;
    try (Session session = create("study", pair.request(Algorithm.RANDOM, 40, two, 1))) {
      assertEquals(Ending.PATIENCE, session.run(SILENT, () -> false));
      trials = session.study().trials().size();
      double best = Double.NEGATIVE_INFINITY;
      int worse = 0;
      for (Trial trial : session.study().trials().subList(2, trials)) {
        assertTrue(worse < 2, "ended at the first trial that it could");
        worse = trial.objective() > best || trial.number() < TinyPair.KNOWN ? 0 : worse + 1;
        best = Math.max(best, trial.objective());
      }
      assertEquals(2, worse);
    }
    try (Session session = resume("study", Limits.NONE)) {
      assertEquals(Ending.PATIENCE, session.run(SILENT, () -> false));
      assertEquals(trials, session.study().trials().size());
    }
  }

  @Test
  void endedBeforeThereIsAMergeThereIsNothingToCompare() {
    try (Session session = create("study", pair.request(Algorithm.RANDOM, 2, time("0s"), 1))) {
      assertEquals(Ending.TIME_LIMIT, session.run(SILENT, () -> false));
      StudyException e = assertThrows(StudyException.class, () -> session.verdict(null));
      assertEquals(
          """
          The search ended after 0 trials: the base is not scored, expected both parents and at least one merge.
          Maybe give it more time: jsearch resume %s --time-limit 1h"""
              .formatted(temp.resolve("study")),
          e.getMessage());
    }
    try (Session session = resume("study", time("1h"))) {
      session.run(SILENT, () -> session.study().trials().size() == 2);
      StudyException e = assertThrows(StudyException.class, () -> session.verdict(null));
      assertTrue(e.getMessage().startsWith("The search ended after 2 trials: no merge is scored"));
    }
  }
}
