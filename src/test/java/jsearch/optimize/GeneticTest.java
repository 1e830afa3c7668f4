package jsearch.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenetics.DoubleChromosome;
import io.jenetics.DoubleGene;
import io.jenetics.EliteSelector;
import io.jenetics.GaussianMutator;
import io.jenetics.Genotype;
import io.jenetics.MeanAlterer;
import io.jenetics.TournamentSelector;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionInit;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomAdaptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneticTest extends OptimizerContract {
  @Override
  Algorithm algorithm() {
    return Algorithm.GENETIC;
  }

  /** One call of Jenetics on the real function: the points it evaluates, in order. */
  private static Set<List<Double>> undisturbed(long seed, int generations) {
    Set<List<Double>> points = new LinkedHashSet<>();
    Genotype<DoubleGene> centre =
        Genotype.of(
            DoubleChromosome.of(
                CENTRE.stream().map(x -> DoubleGene.of(x, 0, Math.nextUp(1.0))).toList()));
    // Jenetics' own evaluator would do, but for moving individuals within the population.
    Engine<DoubleGene, Double> engine =
        new Engine.Builder<DoubleGene, Double>(
                population ->
                    population
                        .map(
                            individual ->
                                individual.eval(
                                    genotype -> {
                                      List<Double> point =
                                          genotype.chromosome().stream()
                                              .map(DoubleGene::allele)
                                              .toList();
                                      points.add(point);
                                      return sphere(point);
                                    }))
                        .asISeq(),
                centre)
            .populationSize(8)
            .survivorsSize(2)
            .survivorsSelector(new EliteSelector<>(2))
            .offspringSelector(new TournamentSelector<>(4))
            .alterers(new MeanAlterer<>(0.6), new GaussianMutator<>(0.2))
            .maximalPhenotypeAge(1000)
            .executor(Runnable::run)
            .build();
    RandomRegistry.with(
        new RandomAdaptor(new MersenneTwister(seed)),
        random ->
            engine.stream(EvolutionInit.of(ISeq.of(List.of(centre)), 1))
                .limit(generations)
                .count());
    return points;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, -5})
  void pointsAskedInBatchesAreThoseOfOneUndisturbedRun(long seed) {
    List<List<Double>> reference = new ArrayList<>(undisturbed(seed, 40));

    assertEquals(
        reference,
        points(
            search(
                algorithm().optimizer(CENTRE, seed), OptimizerContract::sphere, reference.size())));
  }
}
