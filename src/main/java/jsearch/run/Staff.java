package jsearch.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Hands work to whichever of several workers is idle, each on a thread of its own.
 *
 * @param <W> a worker; it does one thing at a time
 */
final class Staff<W> implements AutoCloseable {
  private final BlockingQueue<W> idle;
  private final ExecutorService threads;
  private final List<CompletableFuture<?>> given = new ArrayList<>();

  Staff(Collection<? extends W> workers) {
    idle = new LinkedBlockingQueue<>(workers);
    threads = Executors.newFixedThreadPool(workers.size(), Staff::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Gives work to the next worker that is idle. */
  <R> CompletableFuture<R> give(Function<W, R> work) {
    CompletableFuture<R> promised = CompletableFuture.supplyAsync(() -> doNow(work), threads);
    given.removeIf(CompletableFuture::isDone);
    given.add(promised);
    return promised;
  }

  private <R> R doNow(Function<W, R> work) {
    // There is one for every thread.
    W worker = idle.remove();
    try {
      return work.apply(worker);
    } finally {
      idle.add(worker);
    }
  }

  /** What the work gives for each, in their order. */
  <T, R> List<R> each(Collection<T> all, BiFunction<W, T, R> work) {
    List<CompletableFuture<R>> promised =
        all.stream().map(one -> give(worker -> work.apply(worker, one))).toList();
    return promised.stream().map(Staff::result).toList();
  }

  /**
   * Waits for work that was given.
   *
   * @throws RuntimeException whatever the work threw
   */
  static <R> R result(CompletableFuture<R> promised) {
    try {
      return promised.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** Returns when no work is done any more, so that its memory can be freed. */
  @Override
  public void close() {
    CompletableFuture.allOf(given.toArray(CompletableFuture<?>[]::new))
        .exceptionally(ended -> null)
        .join();
    threads.shutdown();
  }
}
