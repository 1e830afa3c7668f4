package jsearch.run;

import static jsearch.run.TinyPair.CLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import jsearch.checkpoint.Checkpoint;
import jsearch.compat.Compatibility;
import jsearch.compat.Overlap;
import jsearch.eval.Suite;
import jsearch.optimize.Algorithm;
import jsearch.plan.Parents;
import jsearch.schedule.Baselines;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Study;
import jsearch.study.StudySpec;
import jsearch.torch.Torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts a study off after every beginning and end of a trial, and goes on by one trial.
 *
 * <p>Time stands still, so the journal must then be that of the undisturbed search to the byte; and
 * so must, by induction, everything after it.
 */
class ResumeTest {

  private static final Compatibility COMPATIBILITY =
      new Compatibility(new Overlap(1, 1), 1, 0, List.of(1.0), List.of(0.0), Map.of(), 1);

  /** More than the first generation of each optimizer. */
  private static final int BUDGET = 12;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aSearchCutOffAnywhereTakesTheWayOfAnUndisturbedOne(Algorithm algorithm) throws IOException {
    SearchRequest request = TinyPair.write(temp).request(algorithm, BUDGET);
    Path whole = temp.resolve("whole");
    Session.create(request, () -> whole, CLOCK, new Places(temp)).close();
    StudySpec spec = StudySpec.read(whole);
    Parents parents = Parents.of(Checkpoint.open(request.base()), Checkpoint.open(request.donor()));
    try (Torch torch = Torch.open("cpu");
        Workbench workbench =
            new Workbench(torch, parents, Suite.read(request.suite()), request.arithmetic())) {
      Verdict verdict = goOn(whole, spec, request, workbench, Integer.MAX_VALUE).orElseThrow();
      List<String> journal = Files.readAllLines(whole.resolve("journal.log"));
      Path cut = Files.createDirectory(temp.resolve("cut"));
      Files.copy(whole.resolve("study.yaml"), cut.resolve("study.yaml"));
      int cuts = 0;
      for (int lines = 1; lines < journal.size(); lines++) {
        if (!journal.get(lines - 1).contains("\"op_code\":8")) {
          Files.write(cut.resolve("journal.log"), journal.subList(0, lines));
          goOn(cut, spec, request, workbench, 1);
          List<String> resumed = Files.readAllLines(cut.resolve("journal.log"));
          assertTrue(resumed.size() > lines);
          assertEquals(journal.subList(0, resumed.size()), resumed, "cut after line " + lines);
          cuts++;
        }
      }
      assertEquals(2 * (TinyPair.KNOWN + BUDGET), cuts);
      Files.write(cut.resolve("journal.log"), journal.subList(0, journal.size() / 2));
      assertEquals(Optional.of(verdict), goOn(cut, spec, request, workbench, Integer.MAX_VALUE));
    }
  }

  /** Goes on by this many trials; the verdict, if that was the end. */
  private static Optional<Verdict> goOn(
      Path directory, StudySpec spec, SearchRequest request, Workbench workbench, int trials) {
    Family family = Family.load(request.family());
    Map<Origin, Schedule> known =
        KnownSchedules.of(Baselines.load(request.baselines()), workbench.layers());
    try (Study study = Study.resume(directory, spec, CLOCK)) {
      Schedules schedules = new Schedules(family, known, workbench.layers());
      Scoring scoring = new Scoring(schedules, CLOCK);
      Evaluator worker = (assignment, drop) -> scoring.evaluate(workbench, assignment);
      Search search =
          new Search(
              study,
              new Candidates(
                  study, schedules, request.algorithm().optimizer(family.centre(), request.seed())),
              List.of(worker),
              new FinishLine(Limits.NONE, Duration.ZERO, CLOCK));
      AtomicInteger evaluated = new AtomicInteger();
      Ending ending =
          search.run(
              (trial, finished, total, replayed) -> evaluated.addAndGet(replayed ? 0 : 1),
              () -> evaluated.get() >= trials,
              () -> false);
      return ending == Ending.BUDGET
          ? Optional.of(Verdict.of(study, scoring, List.of(workbench), COMPATIBILITY))
          : Optional.empty();
    }
  }
}
