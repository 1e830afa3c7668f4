package jsearch.run;

import java.util.function.BooleanSupplier;

/**
 * Evaluates trials on a workbench of its own, as long as the parents' files stay as they are.
 *
 * @param workbench nobody else scores on it meanwhile
 * @param scoring shared by all workers
 * @param files of the parents; a trial scored across a change of one is not recorded
 * @param watchdog told when trials begin and end
 */
record Worker(Workbench workbench, Scoring scoring, ParentFiles files, Watchdog watchdog)
    implements Evaluator {
  @Override
  public Result evaluate(Assignment assignment, BooleanSupplier drop) {
    files.requireUnchanged();
    Result result =
        watchdog.watch(
            assignment.trial(),
            workbench.device(),
            () -> workbench.work(drop, () -> scoring.evaluate(workbench, assignment)));
    files.requireUnchanged();
    return result;
  }
}
