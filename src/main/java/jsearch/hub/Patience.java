package jsearch.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import jsearch.document.InputException;
import jsearch.document.Reason;

/**
 * How a download waits: in slices, so that a stop is seen, and with pauses after failures.
 *
 * @param sleep lets so much time pass
 * @param stop asked in each slice
 * @param limit how long a connection may be silent
 */
record Patience(Consumer<Duration> sleep, BooleanSupplier stop, Duration limit) {
  /** Failures in a row after which it is given up; the pauses between are 1, 2, 4, 8 s. */
  static final int TRIES = 5;

  private static final Duration SLICE = Duration.ofMillis(200);

  /** Waits for something, a few milliseconds at a time. */
  interface Wait<T> {
    /** What came, or null when nothing came in this time. */
    T attempt(long millis) throws IOException, InterruptedException;
  }

  /**
   * Waits until something comes.
   *
   * @throws HttpTimeoutException when nothing came for too long
   * @throws CancellationException when it is stopped
   */
  <T> T await(Wait<T> wait) throws IOException {
    for (Duration left = limit; !left.isNegative(); left = left.minus(SLICE)) {
      requireGoingOn();
      try {
        T result = wait.attempt(SLICE.toMillis());
        if (result != null) {
          return result;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped();
      }
    }
    throw new HttpTimeoutException("nothing came for %d s".formatted(limit.toSeconds()));
  }

  /** Lets a moment pass, for another process. */
  void pause() {
    requireGoingOn();
    sleep.accept(SLICE);
  }

  /**
   * Lets time pass after a failure, the more the more failures there were in a row.
   *
   * @throws InputException when there were too many
   */
  void pause(int failures, int tries, URI uri, IOException e) {
    if (failures >= tries) {
      throw new InputException(
          """
          %s cannot be fetched: %s.
          Maybe the network is down; HF_HUB_OFFLINE=1 uses what is in the cache alone."""
              .formatted(uri, reason(e)),
          e);
    }
    requireGoingOn();
    sleep.accept(Duration.ofSeconds(1L << (failures - 1)));
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection"; // Java tells no more
    }
    if (e instanceof UnknownHostException) {
      return "the name of its host is not known"; // Java has the name alone
    }
    return Reason.of(e);
  }

  private void requireGoingOn() {
    if (stop.getAsBoolean()) {
      throw stopped();
    }
  }

  private static CancellationException stopped() {
    return new CancellationException("the download was stopped");
  }
}
