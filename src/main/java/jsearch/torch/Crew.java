package jsearch.torch;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The CPU's threads, either all at one operation or each at a call of its own.
 *
 * <p>A large operation gains from all threads. The operations of a small model are shorter than the
 * barriers that end them, and a barrier whose other thread is not running costs a time slice; so
 * there independent calls run side by side, one thread each.
 */
final class Crew implements AutoCloseable {
  /** What the machine has, read before anything is set. */
  private static final int ALL = JniUtils.getNumThreads();

  private final int share;
  private final int threads;
  private ExecutorService workers;

  /**
   * A crew that has the CPU's threads to itself, or an equal share of them.
   *
   * @param asked how many of its share it takes, at most all; empty for all
   */
  Crew(int sharers, OptionalInt asked) {
    share = Math.max(1, ALL / sharers);
    threads = Math.min(share, asked.orElse(share));
    adopt();
  }

  int share() {
    return share;
  }

  int threads() {
    return threads;
  }

  boolean isSplit() {
    return workers != null;
  }

  /** The calling thread computes as the one that opened this: libtorch counts threads a thread. */
  void adopt() {
    JniUtils.setNumThreads(isSplit() ? 1 : threads);
  }

  /** From now on calls run side by side. */
  void split() {
    if (workers == null) {
      workers = Executors.newFixedThreadPool(threads, Crew::worker);
      adopt();
    }
  }

  /**
   * The setting holds for the thread that makes it, and for threads that start to compute later.
   */
  private static Thread worker(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              JniUtils.setNumThreads(1);
              work.run();
            },
            "torch-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Hands each item to the task; returns when all are done, with a failure if any. */
  <T> void each(List<T> items, Consumer<T> task) {
    if (workers == null) {
      items.forEach(task);
      return;
    }
    List<CompletableFuture<Void>> running =
        items.stream()
            .map(item -> CompletableFuture.runAsync(() -> task.accept(item), workers))
            .toList();
    try {
      // Also after a failure: what still computes uses memory that the caller is about to free.
      CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** As {@link #each} after {@link #split}, whatever holds before, which holds again after. */
  <T> void sideBySide(List<T> items, Consumer<T> task) {
    boolean together = workers == null;
    split();
    try {
      each(items, task);
    } finally {
      if (together) {
        join();
      }
    }
  }

  /** From now on every call has all threads again. */
  private void join() {
    workers.shutdown();
    workers = null;
    adopt();
  }

  /** Gives the calling thread the whole machine again. */
  @Override
  public void close() {
    if (isSplit()) {
      join();
    }
    JniUtils.setNumThreads(ALL);
  }
}
