package jsearch.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BooleanSupplier;
import jsearch.document.Document;
import jsearch.optimize.Evaluation;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Compute;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Scored;
import jsearch.study.Source;
import jsearch.study.Study;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/**
 * A search whose evaluations are made up, in a study that is real: three known schedules, then
 * batches of six proposals that depend on every score before them. Time stands still.
 *
 * @param directory of the study
 * @param spec of the study
 */
record FakeSearch(Path directory, StudySpec spec) {
  static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  /** Known schedules. */
  static final int KNOWN = 3;

  static final int BATCH = 6;

  static FakeSearch of(Path directory, int budget, boolean race) {
    Source source = new Source("x", "sha256:0");
    StudySpec spec =
        new StudySpec(
            source,
            source,
            Optional.empty(),
            source,
            source,
            source,
            "random",
            1,
            budget,
            race,
            Limits.NONE,
            new Compute("cpu", "float32", OptionalInt.empty(), OptionalInt.empty(), 1),
            Map.of());
    Study.create(directory, spec, CLOCK).close();
    return new FakeSearch(directory, spec);
  }

  /** The same with the first lines of its journal only. */
  FakeSearch cut(Path other, int lines) {
    try {
      Files.createDirectories(other);
      Files.copy(directory.resolve("study.yaml"), other.resolve("study.yaml"));
      Files.write(other.resolve("journal.log"), journal().subList(0, lines));
      return new FakeSearch(other, spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ending run(List<? extends Evaluator> evaluators, Limits limits) {
    return run(evaluators, limits, () -> false, () -> false);
  }

  Ending run(
      List<? extends Evaluator> evaluators,
      Limits limits,
      BooleanSupplier stop,
      BooleanSupplier drop) {
    Family family = Family.load(Path.of("search-spaces/ramp.yaml"));
    Map<Origin, Schedule> known = new LinkedHashMap<>();
    known.put(Origin.parent("base"), Schedule.global(3, 0));
    known.put(Origin.parent("donor"), Schedule.global(3, 1));
    known.put(Origin.global("half"), Schedule.global(3, 0.5));
    try (Study study = Study.resume(directory, spec, CLOCK)) {
      Candidates candidates =
          new Candidates(study, new Schedules(family, known, 3), FakeSearch::ask);
      return new Search(study, candidates, evaluators, new FinishLine(limits, Duration.ZERO, CLOCK))
          .run((trial, finished, total, replayed) -> {}, stop, drop);
    }
  }

  private static List<List<Double>> ask(List<Evaluation> history) {
    int told = history.size() % BATCH;
    Random random = new Random(history.subList(0, history.size() - told).hashCode());
    List<List<Double>> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(random.doubles(6).boxed().toList());
    }
    return batch.subList(told, BATCH);
  }

  /** A result whose score follows from the trial alone. */
  static Result result(Trial trial) {
    double score =
        new Random(trial.number() + 31L * trial.candidate().point().hashCode()).nextDouble();
    return result(trial, score, Map.of());
  }

  static Result result(Trial trial, double score, Map<String, Object> noted) {
    return study ->
        study.complete(
            trial,
            new Scored(
                new Outcome(score, score, 0.01, 0), Map.of(), noted, Collections.emptySortedMap()));
  }

  List<String> journal() {
    try {
      return Files.readAllLines(directory.resolve("journal.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beginnings and ends in the order of the journal, such as {@code [B0, B1, E0]}. */
  List<String> events() {
    List<String> events = new ArrayList<>();
    int begun = 0;
    for (String line : journal()) {
      Document event = Document.json("journal.log", line);
      int code = event.at("op_code").integer(0, 10);
      if (code == 4) {
        events.add("B" + begun++);
      } else if (code == 6) {
        events.add("E" + event.at("trial_id").integer(0, 1000));
      }
    }
    return events;
  }

  List<Trial> trials() {
    try (Study study = Study.resume(directory, spec, CLOCK)) {
      return study.trials();
    }
  }
}
