package jsearch.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import jsearch.optimize.Algorithm;
import jsearch.plan.Tokens;
import jsearch.study.Limits;

/**
 * What a user asks of a search.
 *
 * @param base directory of the parent at t = 0
 * @param donor directory of the parent at t = 1
 * @param tokens whose tokens the merge has; empty for the base's, with what the donor has added
 * @param suite the suite file
 * @param family the search space's file
 * @param baselines the file of known schedules
 * @param algorithm the optimizer
 * @param budget number of proposals, at least 1
 * @param seed of the optimizer
 * @param race whether proposals are dropped on the way when they are clearly worse than the best
 * @param limits what ends the search before its budget is spent
 * @param workers trials that are evaluated at one time; empty for one a GPU, else one
 * @param arithmetic device, format and batches
 */
public record SearchRequest(
    Path base,
    Path donor,
    Optional<Tokens> tokens,
    Path suite,
    Path family,
    Path baselines,
    Algorithm algorithm,
    int budget,
    long seed,
    boolean race,
    Limits limits,
    OptionalInt workers,
    Arithmetic arithmetic) {
  public SearchRequest {
    if (budget < 1 || workers.orElse(1) < 1) {
      throw new IllegalArgumentException("a budget of %d, %s workers".formatted(budget, workers));
    }
  }
}
