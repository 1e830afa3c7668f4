package jsearch.optimize;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;

/** The centre, then independent uniform points: what a cleverer search has to beat. */
final class RandomSearch implements Optimizer {
  private static final int BATCH = 8;

  private final List<Double> centre;
  private final long seed;

  RandomSearch(List<Double> centre, long seed) {
    this.centre = List.copyOf(centre);
    this.seed = seed;
  }

  @Override
  public List<List<Double>> ask(List<Evaluation> history) {
    Replay replay = new Replay(history);
    RandomGenerator random = new MersenneTwister(seed);
    replay.visit(centre);
    do {
      for (int i = 0; i < BATCH; i++) {
        replay.visit(
            DoubleStream.generate(random::nextDouble).limit(centre.size()).boxed().toList());
      }
    } while (!replay.waits());
    return replay.waiting();
  }
}
