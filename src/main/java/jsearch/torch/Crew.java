package jsearch.torch;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
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
  private final int threads = JniUtils.getNumThreads();
  private ExecutorService workers;

  int threads() {
    return threads;
  }

  boolean isSplit() {
    return workers != null;
  }

  /** From now on calls run side by side. */
  void split() {
    if (workers == null) {
      JniUtils.setNumThreads(1);
      workers = Executors.newFixedThreadPool(threads, Crew::worker);
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
        close();
      }
    }
  }

  /** From now on every call has all threads again. */
  @Override
  public void close() {
    if (workers != null) {
      workers.shutdown();
      workers = null;
      JniUtils.setNumThreads(threads);
    }
  }
}
