package jsearch.torch;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** From now on calls run side by side. */
  void split() {
    if (workers == null && threads > 1) {
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

  /** Hands each item to the task; returns when all are done, with the first failure if any. */
  <T> void each(List<T> items, Consumer<T> task) {
    if (workers == null) {
      items.forEach(task);
      return;
    }
    List<? extends Future<?>> running =
        items.stream().map(item -> workers.submit(() -> task.accept(item))).toList();
    RuntimeException failure = null;
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        failure = failure == null ? unchecked(e.getCause()) : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new IllegalStateException("interrupted while computing", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdown();
      JniUtils.setNumThreads(threads);
    }
  }
}
