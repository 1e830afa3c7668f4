package jsearch.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jsearch.document.InputException;
import jsearch.optimize.Algorithm;
import jsearch.run.Amendments;
import jsearch.run.Precision;
import jsearch.run.Session;
import jsearch.study.Limits;
import picocli.CommandLine.Option;

/** What shall be otherwise than in the study that is resumed; any of it needs a fork. */
final class ChangeOptions {
  @Option(
      names = "--fork",
      paramLabel = "NEW-DIR",
      description = "Go on in a new study, where something has changed, with what still holds.")
  private Path fork;

  @Option(names = "--budget", paramLabel = "N", description = "Number of trials; with --fork.")
  private Integer budget;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the optimizer; with --fork.")
  private Long seed;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "Optimizer; with --fork.")
  private String optimizer;

  @Option(names = "--device", paramLabel = "NAME", description = "Device; with --fork.")
  private String device;

  @Option(names = "--dtype", paramLabel = "NAME", description = "Format; with --fork.")
  private String dtype;

  @Option(names = "--workers", paramLabel = "N", description = "Workers; with --fork.")
  private Integer workers;

  /** Opens the study in this directory, or its fork. */
  Session open(Path directory, Limits limits, Clock clock) {
    requirePositive("--budget", budget);
    requirePositive("--workers", workers);
    Amendments amended =
        new Amendments(
            limits,
            optional(budget),
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
            Optional.ofNullable(optimizer).map(Algorithm::named),
            Optional.ofNullable(device),
            Optional.ofNullable(dtype).map(Precision::named),
            optional(workers));
    return fork == null
        ? Session.resume(directory, amended, clock, Home.places())
        : Session.fork(directory, fork, amended, clock, Home.places());
  }

  private static OptionalInt optional(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static void requirePositive(String option, Integer number) {
    if (number != null && number < 1) {
      throw new InputException("%s is %d, expected at least 1.".formatted(option, number));
    }
  }
}
