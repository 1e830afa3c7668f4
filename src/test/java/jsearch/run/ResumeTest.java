package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.Parents;
import jsearch.compat.Compatibility;
import jsearch.eval.Suite;
import jsearch.optimize.Algorithm;
import jsearch.schedule.Baselines;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Origin;
import jsearch.study.Study;
import jsearch.study.StudySpec;
import jsearch.torch.Torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cuts a study off at every line of its journal and goes on: with the time standing still, the
 * journal is then the same to the byte as that of the undisturbed search, and so is the verdict.
 */
class ResumeTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

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
    Parents parents =
        new Parents(Checkpoint.open(request.base()), Checkpoint.open(request.donor()));
    try (Torch torch = Torch.open("cpu");
        Workbench workbench = new Workbench(torch, parents, Suite.read(request.suite()))) {
      Compatibility compatibility = workbench.compatibility();
      Verdict verdict = finish(whole, spec, request, workbench, compatibility);
      List<String> journal = Files.readAllLines(whole.resolve("journal.log"));
      assertTrue(journal.size() > 2 * (TinyPair.KNOWN + BUDGET), "two lines a trial or more");
      // The first line creates the study.
      for (int lines = 1; lines < journal.size(); lines++) {
        Path cut = Files.createDirectory(temp.resolve("cut-" + lines));
        Files.copy(whole.resolve("study.yaml"), cut.resolve("study.yaml"));
        Files.write(cut.resolve("journal.log"), journal.subList(0, lines));
        assertEquals(verdict, finish(cut, spec, request, workbench, compatibility));
        List<String> resumed = Files.readAllLines(cut.resolve("journal.log"));
        if (lastLineEndsATrialOrBeginsOne(journal.get(lines - 1))) {
          assertEquals(journal, resumed, "cut after line " + lines);
        }
      }
    }
  }

  /** After a cut amid a trial's results those already noted are noted once more. */
  private static boolean lastLineEndsATrialOrBeginsOne(String line) {
    return !line.contains("\"op_code\":8");
  }

  private static Verdict finish(
      Path directory,
      StudySpec spec,
      SearchRequest request,
      Workbench workbench,
      Compatibility compatibility) {
    Family family = Family.load(request.family());
    Map<Origin, Schedule> known =
        KnownSchedules.of(Baselines.load(request.baselines()), workbench.layers());
    try (Study study = Study.resume(directory, spec, CLOCK)) {
      Search search =
          new Search(
              study,
              workbench,
              family,
              known,
              request.algorithm().optimizer(family.centre(), request.seed()),
              CLOCK);
      assertTrue(search.run((trial, finished, total, replayed) -> {}, () -> false));
      return Verdict.of(study, search, workbench, compatibility);
    }
  }
}
