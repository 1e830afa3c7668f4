package jsearch.study;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/** A spec, a clock and a small search that the tests of this package share. */
final class Examples {
  static final StudySpec SPEC = spec(7);

  /** Trials of {@link #search}. */
  static final int BUDGET = 5;

  private Examples() {}

  static StudySpec spec(long seed) {
    return new StudySpec(
        new Source("models/base", "sha256:b0"),
        new Source("models/it's a donor", "sha256:d0"),
        Optional.empty(),
        new Source("evals/x.yaml", "sha256:5e"),
        new Source("ramp", "sha256:fa"),
        new Source("baselines", "sha256:ba"),
        "cmaes",
        seed,
        6,
        false,
        Limits.NONE,
        new Compute("cpu", "float32", OptionalInt.of(2), OptionalInt.of(2048), 1),
        new TreeMap<>(Map.of("jsearch", "0.1.0", "java", "17", "pytorch", "2.7.1")));
  }

  /** A clock that advances by one second whenever it is read. */
  static Clock ticking() {
    return new Clock() {
      private Instant now = Instant.parse("2026-01-02T03:04:05.000006789Z");

      @Override
      public Instant instant() {
        now = now.plusSeconds(1);
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /**
   * Searches on to the end, from whatever the study holds.
   *
   * <p>A proposal depends on every bit of the history, as an optimizer's does.
   */
  static List<Trial> search(Study study) {
    study.unfinished().forEach(trial -> evaluate(study, trial));
    while (study.trials().size() < BUDGET) {
      evaluate(study, study.begin(next(study)));
    }
    return study.trials();
  }

  static Candidate next(Study study) {
    int number = study.trials().size();
    if (number < 2) {
      return Candidate.known(number == 0 ? Origin.parent("base") : Origin.global("half"));
    }
    Random random = new Random(study.history().hashCode());
    double a = random.nextDouble();
    return Candidate.proposal(List.of(a, random.nextDouble()), List.of(new Param("t", a, 0, 1)));
  }

  static void evaluate(Study study, Trial trial) {
    if (trial.number() == 3) {
      study.fail(trial, "score is NaN");
      return;
    }
    double score =
        new Random(trial.number() + 31L * trial.candidate().point().hashCode()).nextDouble();
    study.complete(
        trial,
        new Scored(
            new Outcome(score, score, 0.01, 2),
            Map.of("sums", List.of(1.0, trial.number() + 0.5)),
            Map.of(),
            new TreeMap<>()));
  }

  static Outcome outcome(double objective) {
    return new Outcome(objective, objective, Double.NaN, 0);
  }
}
