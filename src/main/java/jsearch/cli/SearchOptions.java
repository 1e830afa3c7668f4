package jsearch.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import jsearch.document.InputException;
import jsearch.document.Reason;
import jsearch.optimize.Algorithm;
import jsearch.plan.Tokens;
import jsearch.run.SearchRequest;
import jsearch.run.Session;
import jsearch.study.Limits;
import jsearch.study.Study;
import jsearch.study.StudyException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of a search, shared by {@code jsearch} and {@code jsearch search}. */
final class SearchOptions {
  /** The optimizers' names, for the help. */
  static final class Algorithms implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Algorithm.values()).map(Algorithm::toString).iterator();
    }
  }

  @Option(
      names = "--base",
      paramLabel = "MODEL",
      description = "Parent at t = 0: directory or Hub id (bundled pair).")
  private String base;

  @Option(
      names = "--donor",
      paramLabel = "MODEL",
      description = "Parent at t = 1: directory or Hub id (bundled pair).")
  private String donor;

  @Mixin private TokenOptions tokens;

  @Option(
      names = "--eval",
      paramLabel = "FILE",
      description = "Suite, task or group to score by (bundled suite).")
  private Path suite;

  @Option(
      names = "--space",
      paramLabel = "NAME",
      defaultValue = "ramp",
      description = "Search space: a name in search-spaces or a file (${DEFAULT-VALUE}).")
  private String space;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "cmaes",
      completionCandidates = Algorithms.class,
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private String optimizer;

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "32",
      description = "Number of trials beside the known schedules (${DEFAULT-VALUE}).")
  private int budget;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the optimizer (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--race", description = "Drop a trial once it is clearly worse than the best.")
  private boolean race;

  @Mixin private LimitOptions limits;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Trials at one time: share the CPU's threads, spread over GPUs (one a GPU).")
  private Integer workers;

  @Mixin private ArithmeticOptions arithmetic;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New directory for the study (results/BASE-DONOR-N).")
  private Path out;

  @Option(
      names = "--dry-run",
      description =
          "Check and load everything, time two trials, and report what the search would take; write"
              + " nothing.")
  private boolean dry;

  @Mixin private EndingOptions ending;

  /** Searches as the options say; returns the exit code. */
  int search(CommandSpec command) {
    if (out != null) {
      Study.requireUnused(out);
    }
    SearchRequest request = request(new Models(command.commandLine().getErr()));
    Loading.parents(command, request.base(), request.donor(), request.arithmetic().device());
    Clock clock = Clock.systemDefaultZone();
    if (dry) {
      Path place = out == null ? Path.of("results") : out;
      return new DryRun(command.commandLine(), clock, ending.json()).of(request, place);
    }
    Session session =
        Session.create(request, () -> out == null ? newDirectory() : out, clock, Home.places());
    return new SearchRunner(session, clock, command.commandLine(), ending).run();
  }

  private SearchRequest request(Models models) {
    if ((base == null) != (donor == null)) {
      throw new InputException("--base and --donor come together; only one of them is given.");
    }
    if (base != null && suite == null) {
      throw new InputException(
          """
          --eval is missing: it says what the merge of %s and %s should be good at.
          Maybe begin with a copy of %s."""
              .formatted(base, donor, Home.bundledSuite()));
    }
    // Before parents are fetched, which may take long.
    if (budget < 1) {
      throw new InputException("--budget is %d, expected at least 1.".formatted(budget));
    }
    if (workers != null && workers < 1) {
      throw new InputException("--workers is %d, expected at least 1.".formatted(workers));
    }
    Limits ends = limits.asked();
    Path family = Home.space(space);
    Algorithm algorithm = Algorithm.named(optimizer);
    Optional<Tokens> whose = tokens.asked();
    return new SearchRequest(
        models.directory(base()),
        models.directory(donor()),
        whose,
        Home.suite(suite),
        family,
        Home.baselines(),
        algorithm,
        budget,
        seed,
        race,
        ends,
        workers == null ? OptionalInt.empty() : OptionalInt.of(workers),
        arithmetic.asked());
  }

  private String base() {
    return base == null ? Home.bundledBase().toString() : base;
  }

  private String donor() {
    return donor == null ? Home.bundledDonor().toString() : donor;
  }

  /** Makes the first of results/BASE-DONOR-1, -2, ... that is not there yet. */
  private Path newDirectory() {
    String name = Models.shortName(base()) + "-" + Models.shortName(donor()) + "-";
    Path results = Path.of("results");
    try {
      Files.createDirectories(results);
      for (int number = 1; ; number++) {
        try {
          return Files.createDirectory(results.resolve(name + number));
        } catch (FileAlreadyExistsException e) {
          // Another search has it, perhaps since a moment ago: take the next.
        }
      }
    } catch (IOException e) {
      throw new StudyException(
          """
          No directory for the study can be made in %s: %s.
          Maybe name one by --out."""
              .formatted(results.toAbsolutePath(), Reason.of(e)),
          e);
    }
  }
}
