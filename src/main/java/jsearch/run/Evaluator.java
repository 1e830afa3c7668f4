package jsearch.run;

import java.util.function.BooleanSupplier;

/** Evaluates one trial at a time, on any thread. */
interface Evaluator {
  /**
   * Evaluates a trial; nothing is recorded.
   *
   * @param drop asked between batches, on other threads too; the trial is dropped once it says so
   * @throws java.util.concurrent.CancellationException when the trial was dropped
   */
  Result evaluate(Assignment assignment, BooleanSupplier drop);
}
