package jsearch.optimize;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * CMA-ES: samples a Gaussian that learns its mean, step and covariance (Hansen, arXiv:1604.00772).
 *
 * <p>commons-math runs it in one call, so each {@link #ask} runs it again from its start. That is
 * exact because a generation is drawn before any of its scores is used: the answers given while a
 * generation is collected do not matter. The first batch is the centre and a generation, every
 * other one a generation.
 */
final class CmaEs implements Optimizer {
  /** First standard deviation, a share of each coordinate's range; 1/4 ranked worse on BBOB. */
  static final double SIGMA = 1.0 / 6;

  /** Never reached by a study; must not change, since it enters the damping of the step size. */
  static final int ITERATIONS = 30_000;

  /** Draws of a point outside the cube before it is clipped to it. */
  static final int REDRAWS = 10;

  private final double[] centre;
  private final long seed;
  private final int generation;

  CmaEs(List<Double> centre, long seed) {
    this.centre = centre.stream().mapToDouble(Double::doubleValue).toArray();
    this.seed = seed;
    this.generation = generation(centre.size());
  }

  /** Points a generation, 4 + ⌊3 ln n⌋ (eq. 48): 9 in six dimensions. */
  static int generation(int dimensions) {
    return 4 + (int) (3 * Math.log(dimensions));
  }

  @Override
  public List<List<Double>> ask(List<Evaluation> history) {
    Replay replay = new Replay(history);
    RandomGenerator random = new MersenneTwister(seed);
    // A descent ends by itself when it converges or the scores are flat; the next one starts at the
    // centre again and goes on drawing from the same stream, so it takes another way.
    while (!replay.waits()) {
      descend(new Objective(replay), random);
    }
    return replay.waiting();
  }

  private void descend(Objective objective, RandomGenerator random) {
    double[] sigma = new double[centre.length];
    Arrays.fill(sigma, SIGMA);
    double[] ones = new double[centre.length];
    Arrays.fill(ones, 1);
    // A stop fitness of 0 means none.
    new CMAESOptimizer(ITERATIONS, 0, true, 0, REDRAWS, random, false, null)
        .optimize(
            MaxEval.unlimited(),
            // The one sign flip: commons-math negates what it maximises.
            GoalType.MAXIMIZE,
            new ObjectiveFunction(objective),
            new InitialGuess(centre),
            new SimpleBounds(new double[centre.length], ones),
            new CMAESOptimizer.Sigma(sigma),
            new CMAESOptimizer.PopulationSize(generation));
  }

  /** Answers one descent; ends it before the first generation that needs a score not yet told. */
  private final class Objective implements MultivariateFunction {
    private final Replay replay;
    private int calls;

    Objective(Replay replay) {
      this.replay = replay;
    }

    @Override
    public double value(double[] x) {
      // Call 0 is the centre, which the first generation (calls 1 to λ) does not depend on.
      boolean starts = calls > 1 && calls % generation == 1;
      if (starts && replay.waits()) {
        // commons-math's own signal of a spent budget: it ends the descent and returns.
        throw new TooManyEvaluationsException(calls);
      }
      calls++;
      List<Double> point = Arrays.stream(x).boxed().toList();
      replay.visit(point);
      return replay.score(point);
    }
  }
}
