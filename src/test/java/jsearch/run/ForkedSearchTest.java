package jsearch.run;

import static jsearch.run.TinyPair.CLOCK;
import static jsearch.run.TinyPair.PLACES;
import static jsearch.run.TinyPair.SILENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jsearch.optimize.Algorithm;
import jsearch.study.Limits;
import jsearch.study.StudyException;
import jsearch.study.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForkedSearchTest {

  @TempDir Path temp;
  private TinyPair pair;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aForkWithMoreBudgetEndsAsAStudyThatHadItFromTheStart(Algorithm algorithm) {
    List<Trial> whole = searched("whole", algorithm, 14);
    searched("short", algorithm, 3);
    try (Session session = fork("short", "long", budget(14))) {
      assertEquals(TinyPair.KNOWN + 3, session.study().trials().size());
      session.run(SILENT, () -> false);
      assertEquals(whole, session.study().trials());
    }
    try (Session session = Session.resume(temp.resolve("long"), CLOCK, PLACES)) {
      assertEquals(whole, session.study().trials());
    }
  }

  @Test
  void aForkWithAnotherSeedEvaluatesOnlyProposalsAnew() {
    List<Trial> first = searched("first", Algorithm.RANDOM, 3);
    Amendments seed = amendments(OptionalInt.empty(), OptionalLong.of(99));
    try (Session session = fork("first", "second", seed)) {
      assertEquals(first.subList(0, TinyPair.KNOWN), session.study().trials());
      session.run(SILENT, () -> false);
      assertEquals(first.size(), session.study().trials().size());
      assertTrue(
          session.study().trials().stream()
              .skip(TinyPair.KNOWN + 1) // the first proposal is the centre, whatever the seed
              .noneMatch(first::contains));
    }
  }

  @Test
  void whatIsAmendedWithoutAForkIsRefused() {
    searched("study", Algorithm.RANDOM, 2);
    StudyException e =
        assertThrows(
            StudyException.class,
            () -> Session.resume(temp.resolve("study"), budget(4), CLOCK, PLACES));
    assertTrue(e.getMessage().contains("budget was 2, is now 4"), e.getMessage());
    assertTrue(e.getMessage().contains("--fork NEW-DIR"), e.getMessage());
  }

  private List<Trial> searched(String name, Algorithm algorithm, int budget) {
    try (Session session =
        Session.create(pair.request(algorithm, budget), () -> temp.resolve(name), CLOCK, PLACES)) {
      session.run(SILENT, () -> false);
      return session.study().trials();
    }
  }

  private Session fork(String from, String to, Amendments amended) {
    return Session.fork(temp.resolve(from), temp.resolve(to), amended, CLOCK, PLACES);
  }

  private static Amendments budget(int budget) {
    return amendments(OptionalInt.of(budget), OptionalLong.empty());
  }

  private static Amendments amendments(OptionalInt budget, OptionalLong seed) {
    return new Amendments(
        Limits.NONE,
        budget,
        seed,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }
}
