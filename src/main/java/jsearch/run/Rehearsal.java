package jsearch.run;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jsearch.eval.Split;
import jsearch.plan.MergePlan;
import jsearch.schedule.Schedule;
import jsearch.study.Compute;
import jsearch.torch.Torch;

/**
 * What a search would be, found out by trying: all is checked and loaded, trials are timed, and
 * nothing is written.
 *
 * @param family the search space
 * @param known schedules that are tried first, the parents among them
 * @param budget proposals that follow them
 * @param compute device, format, threads, batches and workers
 * @param search items and tokens of a trial
 * @param confirm items and tokens of the confirmation
 * @param trial wall time of a trial once it is warm, while every worker evaluates one
 * @param parents bytes of both parents' weights
 * @param merge bytes of the merged checkpoint's weights
 * @param freeMemory bytes that are free on the device now that everything is loaded
 * @param peakMemory bytes that this process has had at most; empty where the system does not tell
 * @param warnings what a person should know of the pair, a sentence each
 * @param notes what was done about the pair, a sentence each
 */
public record Rehearsal(
    String family,
    int known,
    int budget,
    Compute compute,
    Part search,
    Part confirm,
    Duration trial,
    long parents,
    long merge,
    long freeMemory,
    OptionalLong peakMemory,
    List<String> warnings,
    List<String> notes) {
  /** Parents, best global SLERP and winner. */
  private static final int FINALISTS = 4;

  /** A split of the suite. */
  public record Part(int items, long tokens) {
    private static Part of(Workbench workbench, Split split) {
      return new Part(workbench.items(split), workbench.tokens(split));
    }
  }

  /**
   * Tries the search that a request asks for.
   *
   * @throws jsearch.document.InputException for a fault in what the request names
   */
  public static Rehearsal of(SearchRequest request, Clock clock) {
    Materials materials = Materials.of(request);
    try (Workbenches workbenches =
        new Workbenches(request, OptionalInt.empty(), materials.parents(), materials.suite())) {
      Workbench first = workbenches.first();
      Schedule halfway = Schedule.global(first.layers(), 0.5);
      round(workbenches, halfway, clock); // The first compiles, and reads weights from the disk.
      Duration trial = round(workbenches, halfway, clock);
      MergePlan plan = materials.parents().plan();
      return new Rehearsal(
          materials.schedules().family().name(),
          materials.schedules().known().size(),
          request.budget(),
          workbenches.compute(),
          Part.of(first, Split.SEARCH),
          Part.of(first, Split.CONFIRM),
          trial,
          plan.parents().stream().mapToLong(parent -> parent.bytes()).sum(),
          plan.bytes(),
          first.freeMemory(),
          Torch.peakMemory(),
          first.warnings(),
          materials.notes(request));
    }
  }

  /** Time in which every worker evaluates one trial. */
  private static Duration round(Workbenches workbenches, Schedule schedule, Clock clock) {
    long begun = clock.millis();
    try (Staff<Workbench> staff = new Staff<>(workbenches.all())) {
      staff.each(
          workbenches.all(),
          (workbench, any) ->
              workbench.work(() -> false, () -> workbench.score(schedule, Split.SEARCH)));
    }
    return Duration.ofMillis(clock.millis() - begun);
  }

  /** Number of trials, if no limit ends the search before. */
  public int trials() {
    return known + budget;
  }

  /** Time to the verdict, if no limit ends the search before. */
  public Duration whole() {
    double rounds = Math.ceil((double) trials() / compute.workers());
    double finalists = Math.ceil((double) FINALISTS / compute.workers());
    double share = (double) confirm.tokens() / Math.max(1, search.tokens());
    return Duration.ofMillis(Math.round(trial.toMillis() * (rounds + finalists * share)));
  }
}
