package jsearch.run;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jsearch.optimize.Algorithm;
import jsearch.study.Limits;

/**
 * What a user wants otherwise than a study has it; empty where it stays.
 *
 * @param limits may differ in any resumed study; all else needs a fork
 * @param budget number of proposals
 * @param seed of the optimizer
 * @param algorithm the optimizer
 * @param device as {@link Arithmetic} takes it
 * @param precision the format to compute in
 * @param workers trials that are evaluated at one time
 */
public record Amendments(
    Limits limits,
    OptionalInt budget,
    OptionalLong seed,
    Optional<Algorithm> algorithm,
    Optional<String> device,
    Optional<Precision> precision,
    OptionalInt workers) {

  /** These limits, and all else as the study has it. */
  public static Amendments of(Limits limits) {
    return new Amendments(
        limits,
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }

  /** The request that they make of a study's own; limits are left as the study has them. */
  SearchRequest of(SearchRequest own) {
    return new SearchRequest(
        own.base(),
        own.donor(),
        own.tokens(),
        own.suite(),
        own.family(),
        own.baselines(),
        algorithm.orElse(own.algorithm()),
        budget.orElse(own.budget()),
        seed.orElse(own.seed()),
        own.race(),
        own.limits(),
        workers.isPresent() ? workers : own.workers(),
        new Arithmetic(
            device.orElse(own.arithmetic().device()),
            precision.orElse(own.arithmetic().precision()),
            own.arithmetic().batchTokens()));
  }
}
