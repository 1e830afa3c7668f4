package jsearch.run;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The trials that are evaluated at this time, at most one an evaluator, in the order begun.
 *
 * <p>They leave in that order too, whatever the order of finishing: a result that is there before
 * its turn waits, and keeps its place meanwhile.
 */
final class Window implements AutoCloseable {
  private final int size;
  private final Staff<Evaluator> staff;
  private final BooleanSupplier drop;
  private final Deque<CompletableFuture<Result>> running = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * An empty window.
   *
   * @param drop asked between batches on any thread: whether running trials are to be dropped
   */
  Window(Collection<? extends Evaluator> evaluators, BooleanSupplier drop) {
    this.size = evaluators.size();
    this.staff = new Staff<>(evaluators);
    this.drop = drop;
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  boolean hasRoom() {
    return running.size() < size;
  }

  /** Begins to evaluate a trial; there is room for it. */
  void begin(Assignment assignment) {
    running.add(
        staff.give(
            evaluator -> evaluator.evaluate(assignment, () -> closed || drop.getAsBoolean())));
  }

  /**
   * Waits for the trial that began first, which leaves the window.
   *
   * @throws RuntimeException whatever its evaluation threw
   */
  Result next() {
    return Staff.result(running.remove());
  }

  /** Drops what still runs; returns when nothing does. */
  @Override
  public void close() {
    closed = true;
    staff.close();
  }
}
