package jsearch.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CmaEsTest extends OptimizerContract {
  private static final List<ToDoubleFunction<List<Double>>> SMOOTH =
      List.of(OptimizerContract::sphere, CmaEsTest::valley);

  @Override
  Algorithm algorithm() {
    return Algorithm.CMAES;
  }

  /** One call of commons-math on the real function: the points it evaluates, in order. */
  private static Set<List<Double>> undisturbed(
      RandomGenerator random, ToDoubleFunction<List<Double>> score, int evaluations) {
    Set<List<Double>> points = new LinkedHashSet<>();
    double sixth = 1.0 / 6;
    new CMAESOptimizer(30_000, 0, true, 0, 10, random, false, null)
        .optimize(
            new MaxEval(evaluations),
            GoalType.MINIMIZE,
            new ObjectiveFunction(
                x -> {
                  List<Double> point = Arrays.stream(x).boxed().toList();
                  points.add(point);
                  return -score.applyAsDouble(point);
                }),
            new InitialGuess(new double[] {.5, .5, .5, .5, .5, .5}),
            new SimpleBounds(new double[6], new double[] {1, 1, 1, 1, 1, 1}),
            new CMAESOptimizer.Sigma(new double[] {sixth, sixth, sixth, sixth, sixth, sixth}),
            new CMAESOptimizer.PopulationSize(9));
    return points;
  }

  /** Six coordinates that hang together, with the optimum near a corner: points are redrawn. */
  private static double valley(List<Double> p) {
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      double z = p.get(i + 1) - 0.9 * p.get(i);
      sum += 100 * z * z + Math.pow(p.get(i) - 0.95, 2);
    }
    return -sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, -5})
  void pointsAskedInBatchesAreThoseOfOneUndisturbedRun(long seed) {
    for (ToDoubleFunction<List<Double>> score : SMOOTH) {
      List<List<Double>> reference =
          new ArrayList<>(undisturbed(new MersenneTwister(seed), score, 120));

      assertEquals(reference, points(search(algorithm().optimizer(CENTRE, seed), score, 120)));
    }
  }

  @Test
  void aDescentThatEndsByItselfIsFollowedByAnotherFromTheCentre() {
    RandomGenerator random = new MersenneTwister(8L);
    Set<List<Double>> reference = undisturbed(random, point -> 1, 500);
    assertTrue(reference.size() < 400, "the first descent ended by itself");
    reference.addAll(undisturbed(random, point -> 1, 60));

    List<Evaluation> history =
        search(algorithm().optimizer(CENTRE, 8), point -> 1, reference.size());

    assertEquals(new ArrayList<>(reference), points(history));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 6", "3, 7", "6, 9", "10, 10", "40, 15"})
  void aGenerationHasThePublishedSize(int dimensions, int points) {
    assertEquals(points, CmaEs.generation(dimensions));
  }

  @Test
  void theFirstBatchIsTheCentreAndAGeneration() {
    assertEquals(10, algorithm().optimizer(CENTRE, 1).ask(List.of()).size());
  }
}
