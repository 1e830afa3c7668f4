package jsearch.optimize;

import io.jenetics.DoubleChromosome;
import io.jenetics.DoubleGene;
import io.jenetics.EliteSelector;
import io.jenetics.GaussianMutator;
import io.jenetics.Genotype;
import io.jenetics.MeanAlterer;
import io.jenetics.Phenotype;
import io.jenetics.TournamentSelector;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionStart;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomAdaptor;

/**
 * A genetic algorithm on real vectors: the two best survive, parents mate at their midpoint.
 *
 * <p>Each {@link #ask} runs Jenetics again from its start. That is exact because a population is
 * evaluated as a whole: while one waits for scores, what is bred from it is thrown away. The first
 * batch is the centre and uniform points; later ones hold the offspring not tried before.
 *
 * <p>The settings suit budgets of 24 to 32 trials: few individuals, and strong selection above all.
 * About half of the offspring are new, so a budget of 32 is about ten generations.
 */
final class Genetic implements Optimizer {
  private static final int POPULATION = 8;
  private static final int SURVIVORS = 2;
  private static final int TOURNAMENT = 4;
  private static final double MATING = 0.6;

  /** Jenetics takes its cube root as the share of individuals, and again of their genes. */
  private static final double MUTATION = 0.2;

  /** A gene's upper bound is exclusive, the cube's is not. */
  private static final double ABOVE_ONE = Math.nextUp(1.0);

  private final List<Double> centre;
  private final long seed;

  Genetic(List<Double> centre, long seed) {
    this.centre = List.copyOf(centre);
    this.seed = seed;
  }

  @Override
  public List<List<Double>> ask(List<Evaluation> history) {
    Replay replay = new Replay(history);
    // The registry is bound to this thread for the length of the call.
    return RandomRegistry.with(
        new RandomAdaptor(new MersenneTwister(seed)), random -> evolve(replay));
  }

  private List<List<Double>> evolve(Replay replay) {
    Genotype<DoubleGene> first =
        Genotype.of(
            DoubleChromosome.of(
                centre.stream().map(allele -> DoubleGene.of(allele, 0, ABOVE_ONE)).toList()));
    Engine<DoubleGene, Double> engine = engine(replay, first);
    EvolutionStart<DoubleGene, Double> start =
        EvolutionStart.of(
            Stream.concat(Stream.of(first), first.instances())
                .limit(POPULATION)
                .map(genotype -> Phenotype.<DoubleGene, Double>of(genotype, 1))
                .collect(ISeq.toISeq()),
            1);
    while (!replay.waits()) {
      start = engine.evolve(start).next();
    }
    return replay.waiting();
  }

  private static Engine<DoubleGene, Double> engine(Replay replay, Genotype<DoubleGene> first) {
    return new Engine.Builder<DoubleGene, Double>(each -> evaluate(replay, each), first)
        .populationSize(POPULATION)
        .survivorsSize(SURVIVORS)
        .survivorsSelector(new EliteSelector<>(SURVIVORS))
        .offspringSelector(new TournamentSelector<>(TOURNAMENT))
        .alterers(new MeanAlterer<>(MATING), new GaussianMutator<>(MUTATION))
        .maximalPhenotypeAge(Long.MAX_VALUE)
        // In the calling thread, so that the random numbers are drawn in one order.
        .executor(Runnable::run)
        .build();
  }

  private static ISeq<Phenotype<DoubleGene, Double>> evaluate(
      Replay replay, Seq<Phenotype<DoubleGene, Double>> population) {
    if (!replay.waits()) {
      population.forEach(individual -> replay.visit(point(individual.genotype())));
    }
    return population
        .map(individual -> individual.eval(genotype -> replay.score(point(genotype))))
        .asISeq();
  }

  private static List<Double> point(Genotype<DoubleGene> genotype) {
    return genotype.chromosome().stream().map(DoubleGene::allele).toList();
  }
}
