package jsearch.run;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * The trials that are evaluated at this time, at most one an evaluator, in the order begun.
 *
 * <p>They leave in that order too, whatever the order of finishing: a result that is there before
 * its turn waits, and keeps its place meanwhile.
 */
final class Window implements AutoCloseable {
  private final int size;
  private final BlockingQueue<Evaluator> idle;
  private final BooleanSupplier drop;
  private final ExecutorService threads;
  private final Deque<CompletableFuture<Result>> running = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * An empty window.
   *
   * @param drop asked between batches on any thread: whether running trials are to be dropped
   */
  Window(Collection<? extends Evaluator> evaluators, BooleanSupplier drop) {
    this.size = evaluators.size();
    this.idle = new LinkedBlockingQueue<>(evaluators);
    this.drop = drop;
    this.threads = Executors.newFixedThreadPool(size, Window::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "worker");
    thread.setDaemon(true);
    return thread;
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  boolean hasRoom() {
    return running.size() < size;
  }

  /** Begins to evaluate a trial; there is room for it. */
  void begin(Assignment assignment) {
    running.add(CompletableFuture.supplyAsync(() -> evaluate(assignment), threads));
  }

  private Result evaluate(Assignment assignment) {
    // There is one for every thread.
    Evaluator evaluator = idle.remove();
    try {
      return evaluator.evaluate(assignment, () -> closed || drop.getAsBoolean());
    } finally {
      idle.add(evaluator);
    }
  }

  /**
   * Waits for the trial that began first, which leaves the window.
   *
   * @throws RuntimeException whatever its evaluation threw
   */
  Result next() {
    try {
      return running.remove().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** Drops what still runs; returns when nothing does, so that its memory can be freed. */
  @Override
  public void close() {
    closed = true;
    CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
        .exceptionally(ended -> null)
        .join();
    threads.shutdown();
  }
}
