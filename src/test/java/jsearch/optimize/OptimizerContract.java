package jsearch.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every optimizer keeps to; each implementation subclasses this. */
abstract class OptimizerContract {
  static final List<Double> CENTRE = List.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
  static final List<Double> TARGET = List.of(0.2, 0.7, 0.35, 0.8, 0.6, 0.25);

  abstract Algorithm algorithm();

  private Optimizer optimizer(long seed) {
    return algorithm().optimizer(CENTRE, seed);
  }

  /** Higher is better, 0 at {@link #TARGET}. */
  static double sphere(List<Double> point) {
    return -IntStream.range(0, point.size())
        .mapToDouble(i -> Math.pow(point.get(i) - TARGET.get(i), 2))
        .sum();
  }

  /** A search of this many trials, every batch told in full but the last. */
  static List<Evaluation> search(
      Optimizer optimizer, ToDoubleFunction<List<Double>> score, int trials) {
    List<Evaluation> history = new ArrayList<>();
    while (history.size() < trials) {
      optimizer.ask(history).stream()
          .limit(trials - history.size())
          .forEach(point -> history.add(new Evaluation(point, score.applyAsDouble(point))));
    }
    return history;
  }

  static List<List<Double>> points(List<Evaluation> history) {
    return history.stream().map(Evaluation::point).toList();
  }

  @Test
  void theFirstPointIsTheCentre() {
    List<Double> centre = List.of(0.0, 0.25, 1.0);

    assertEquals(centre, algorithm().optimizer(centre, 1).ask(List.of()).get(0));
  }

  @Test
  void theSameSeedGivesTheSamePoints() {
    assertEquals(
        search(optimizer(3), OptimizerContract::sphere, 60),
        search(optimizer(3), OptimizerContract::sphere, 60));
  }

  @Test
  void differentSeedsDiffer() {
    assertNotEquals(optimizer(3).ask(List.of()), optimizer(4).ask(List.of()));
  }

  @Test
  void everyPrefixOfAHistoryIsContinuedTheSame() {
    Optimizer undisturbed = optimizer(7);
    List<Evaluation> history = new ArrayList<>();
    List<Integer> batchEnds = new ArrayList<>();
    while (history.size() <= 40) {
      for (List<Double> point : undisturbed.ask(history)) {
        history.add(new Evaluation(point, sphere(point)));
      }
      batchEnds.add(history.size());
    }
    for (int told = 0; told <= 40; told++) {
      int known = told;
      int end = batchEnds.stream().filter(e -> e > known).findFirst().orElseThrow();

      assertEquals(points(history.subList(told, end)), optimizer(7).ask(history.subList(0, told)));
    }
  }

  static Stream<Arguments> landscapes() {
    return Stream.<Map.Entry<String, ToDoubleFunction<List<Double>>>>of(
            Map.entry("sphere", OptimizerContract::sphere),
            Map.entry("all equal", point -> 0.25),
            Map.entry("all failed", point -> Double.NaN),
            Map.entry("minus infinity", point -> Double.NEGATIVE_INFINITY),
            Map.entry("best at an edge", point -> point.get(0)),
            Map.entry("steps", point -> Math.floor(10 * point.get(1))),
            Map.entry("half failed", point -> point.get(2) > 0.5 ? Double.NaN : sphere(point)))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("landscapes")
  void anyScoresKeepTheSearchInTheCubeAndNew(String name, ToDoubleFunction<List<Double>> score) {
    List<Evaluation> history = search(optimizer(11), score, 60);

    assertTrue(allNewAndInTheCube(points(history)));
    assertEquals(history.get(50).point(), optimizer(11).ask(history.subList(0, 50)).get(0));
  }

  @Test
  void threeHundredTrialsStayInTheCubeAndNew() {
    assertTrue(allNewAndInTheCube(points(search(optimizer(12), OptimizerContract::sphere, 300))));
  }

  private static boolean allNewAndInTheCube(List<List<Double>> points) {
    return new HashSet<>(points).size() == points.size()
        && points.stream().allMatch(point -> point.size() == CENTRE.size())
        && points.stream().flatMap(List::stream).allMatch(x -> x >= 0 && x <= 1);
  }

  @Test
  void oneDimensionIsEnough() {
    List<Evaluation> history =
        search(algorithm().optimizer(List.of(0.5), 1), p -> -Math.abs(p.get(0) - 0.9), 60);

    assertEquals(60, new HashSet<>(points(history)).size());
  }

  /** The sphere, where the quarter around the target's first coordinates gives this instead. */
  private static ToDoubleFunction<List<Double>> broken(double instead) {
    return point -> point.get(0) < 0.4 && point.get(1) > 0.6 ? instead : sphere(point);
  }

  @Test
  void aFailedTrialCountsAsTheWorst() {
    List<List<Double>> points = points(search(optimizer(5), broken(-1e6), 100));

    assertEquals(points, points(search(optimizer(5), broken(Double.NaN), 100)));
    assertTrue(
        points.stream()
            .anyMatch(point -> broken(Double.NaN).applyAsDouble(point) != sphere(point)));
  }

  @Test
  void aCentreThatFailsStopsNothing() {
    List<Evaluation> history =
        search(optimizer(5), point -> point.equals(CENTRE) ? Double.NaN : sphere(point), 60);

    assertTrue(history.stream().anyMatch(told -> told.score() > sphere(CENTRE)));
  }

  @Test
  void aHistoryOfAnotherSeedIsRefusedByItsFirstOtherTrial() {
    List<Evaluation> history = search(optimizer(1), OptimizerContract::sphere, 30);

    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> optimizer(2).ask(history));

    assertTrue(refused.getMessage().startsWith("Trial 1 of the history is "), refused.getMessage());
  }

  @Test
  void aChangedPointIsRefusedByItsTrial() {
    List<Evaluation> history = search(optimizer(1), OptimizerContract::sphere, 30);
    history.set(17, new Evaluation(TARGET, 0));

    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> optimizer(1).ask(history));

    assertTrue(refused.getMessage().startsWith("Trial 17 of the history is the point " + TARGET));
  }

  @Test
  void aPointOfOtherDimensionsIsRefused() {
    List<Evaluation> history = List.of(new Evaluation(List.of(0.5), 1));

    assertThrows(IllegalArgumentException.class, () -> optimizer(1).ask(history));
  }

  @Test
  void aHistoryThatLostItsLastDigitsIsStillItsOwn() {
    List<Evaluation> history = search(optimizer(6), OptimizerContract::sphere, 30);
    List<Evaluation> rounded =
        history.stream()
            .map(
                told ->
                    new Evaluation(
                        told.point().stream().map(x -> Math.rint(x * 1e12) / 1e12).toList(),
                        told.score()))
            .toList();

    assertNotEquals(points(history), points(rounded));
    assertEquals(optimizer(6).ask(history), optimizer(6).ask(rounded));
  }
}
