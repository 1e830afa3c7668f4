package jsearch.run;

import java.util.function.BooleanSupplier;

/**
 * Evaluates trials on a workbench of its own, as long as the parents' files stay as they are.
 *
 * @param workbench nobody else scores on it meanwhile
 * @param scoring shared by all workers
 * @param check throws when a parent's file has changed; a trial scored across that has no result
 * @param watchdog told when trials begin and end
 */
record Worker(Workbench workbench, Scoring scoring, Runnable check, Watchdog watchdog)
    implements Evaluator {
  @Override
  public Result evaluate(Assignment assignment, BooleanSupplier drop) {
    check.run();
    Result result =
        watchdog.watch(
            assignment.trial(),
            workbench.device(),
            () -> workbench.work(drop, () -> scoring.evaluate(workbench, assignment)));
    check.run();
    return result;
  }
}
