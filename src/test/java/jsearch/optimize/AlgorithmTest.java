package jsearch.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class AlgorithmTest {
  @Test
  void theNamesAreThoseOfTheCommandLine() {
    assertEquals(Algorithm.CMAES, Algorithm.named("cmaes"));
    assertEquals(Algorithm.GENETIC, Algorithm.named("genetic"));
    assertEquals(Algorithm.RANDOM, Algorithm.named("random"));
  }

  @ParameterizedTest
  @EnumSource
  void anAlgorithmIsFoundByItsOwnName(Algorithm algorithm) {
    assertEquals(algorithm, Algorithm.named(algorithm.toString()));
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    Exception refused = assertThrows(InputException.class, () -> Algorithm.named("sobol"));

    assertEquals(
        "Optimizer \"sobol\" is unknown, expected one of: cmaes, genetic, random.",
        refused.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void aCentreOutsideTheCubeIsRefused(Algorithm algorithm) {
    for (List<Double> centre :
        List.<List<Double>>of(List.of(), List.of(0.5, 1.1), List.of(-0.1), List.of(Double.NaN))) {
      assertThrows(IllegalArgumentException.class, () -> algorithm.optimizer(centre, 1));
    }
  }

  /** The median over seeds of the best score that 60 trials find. */
  private static double medianBest(Algorithm algorithm) {
    double[] best =
        LongStream.range(0, 15)
            .mapToDouble(
                seed ->
                    OptimizerContract.search(
                            algorithm.optimizer(OptimizerContract.CENTRE, seed),
                            OptimizerContract::sphere,
                            60)
                        .stream()
                        .mapToDouble(Evaluation::score)
                        .max()
                        .orElseThrow())
            .sorted()
            .toArray();
    return best[7];
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "RANDOM")
  void whatLearnsFromScoresHalvesTheGapThatRandomLeaves(Algorithm algorithm) {
    // The best possible score is 0.
    assertTrue(medianBest(algorithm) > medianBest(Algorithm.RANDOM) / 2);
  }
}
