package jsearch.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** What one owner has opened; closed together, the last first. */
final class Opened implements AutoCloseable {
  /** Something that closes without a checked exception. */
  @FunctionalInterface
  interface Closing {
    void close();
  }

  private final Deque<Closing> all = new ArrayDeque<>();

  /** Remembers to close this. */
  void add(Closing closing) {
    all.push(closing);
  }

  /** Closes all after a failure, which is what the caller throws. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Closes all, even where one of them throws; the first exception has the others suppressed. */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!all.isEmpty()) {
      try {
        all.pop().close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
