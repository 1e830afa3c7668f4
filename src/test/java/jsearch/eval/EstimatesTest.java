package jsearch.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.Golden;
import jsearch.document.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds estimates to samplics and to the delta method by torch (make_estimates.py). */
class EstimatesTest {
  private static final double TOLERANCE = 1e-12;

  static Stream<Document> suites() {
    return Golden.read(EstimatesTest.class, "estimates/estimates.json")
        .at("suites")
        .items()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void theScoreAndItsErrorAreThoseOfTheDeltaMethod(Document suite) {
    Scores scores = scores(suite, "a").against(scores(suite, "base"), scores(suite, "donor"));
    assertSame(suite.at("a"), scores.estimate());
  }

  @ParameterizedTest
  @MethodSource("suites")
  void tasksAreRatiosWithTheErrorsOfASurvey(Document suite) {
    List<TaskScores> tasks = scores(suite, "a").tasks();
    List<Document> expected = suite.at("a_by_task").items();
    assertEquals(expected.size(), tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      Estimate estimate = tasks.get(i).estimate();
      assertEquals(expected.get(i).at("result").number(), estimate.mean(), TOLERANCE);
      assertEquals(
          expected.get(i).at("standard_error").number(), estimate.standardError(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void differencesArePairedItemByItem(Document suite) {
    assertSame(
        suite.at("difference"),
        PairedDifference.between(scores(suite, "a"), scores(suite, "b")).estimate());
  }

  private static void assertSame(Document expected, Estimate estimate) {
    assertEquals(expected.at("mean").number(), estimate.mean(), TOLERANCE);
    assertEquals(expected.at("standard_error").number(), estimate.standardError(), TOLERANCE);
    assertEquals(expected.at("degrees").number(), estimate.degrees(), 1e-9);
    List<Document> interval = expected.at("interval95").items();
    assertEquals(interval.get(0).number(), estimate.interval95().low(), TOLERANCE);
    assertEquals(interval.get(1).number(), estimate.interval95().high(), TOLERANCE);
    assertEquals(expected.at("detectable").number(), estimate.detectable(), TOLERANCE);
  }

  private static Scores scores(Document suite, String model) {
    List<TaskScores> tasks = new ArrayList<>();
    for (Document task : suite.at("tasks").items()) {
      String name = "t" + tasks.size();
      List<Document> sums = task.at("sums").at(model).items();
      List<Document> clusters = task.at("clusters").items();
      List<ItemScore> items = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        List<Document> pair = sums.get(i).items();
        items.add(
            new ItemScore(
                name,
                i,
                clusters.get(i).text(),
                pair.get(0).number(),
                pair.get(1).number(),
                -1,
                1));
      }
      Optional<Scale> scale =
          task.find("scale")
              .map(ends -> new Scale(ends.items().get(0).number(), ends.items().get(1).number()));
      tasks.add(
          new TaskScores(
              name, Rule.MEAN, task.at("weight").number(), scale, Optional.empty(), items));
    }
    return new Scores(
        Objective.valueOf(suite.at("objective").text().toUpperCase(Locale.ROOT)), tasks);
  }
}
