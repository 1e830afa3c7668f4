package jsearch.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C, SIGTERM and SIGHUP as questions that long work asks: should it stop, should it hurry?
 *
 * <p>At the first signal, work ends at the next good place; when that has not come after {@link
 * #PATIENCE_SECONDS}, it is asked to drop what it is at. Work that heeds neither is cut off a
 * little later, and a second signal cuts off at once: whatever is cut off, the journal can be
 * resumed.
 */
final class Interruption implements AutoCloseable, BooleanSupplier {
  /** How long what runs may take to its end. */
  static final int PATIENCE_SECONDS = 10;

  /** How long after that it may take to drop what it is at. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Runnable told;
  private final Runnable last;
  private final Duration patience;
  private final Duration grace;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Signals signals;
  private volatile int signal;
  private volatile boolean hurry;

  /** Listens from now on; {@code told} runs when the first signal comes. */
  Interruption(Runnable told) {
    this(told, () -> {});
  }

  /**
   * Listens from now on.
   *
   * @param told runs when the first signal comes
   * @param last runs before the process is ended although its work goes on; not at a second signal,
   *     which waits for nothing
   */
  Interruption(Runnable told, Runnable last) {
    this(told, last, Duration.ofSeconds(PATIENCE_SECONDS), GRACE);
  }

  Interruption(Runnable told, Runnable last, Duration patience, Duration grace) {
    this.told = told;
    this.last = last;
    this.patience = patience;
    this.grace = grace;
    this.signals = Signals.listen(this::heard);
  }

  private void heard(int number) {
    if (!first(number)) {
      Runtime.getRuntime().halt(exitCode());
    }
    told.run();
    // A daemon: it has nothing to do once the work is done.
    Thread patience = new Thread(this::awaitEnd, "interruption");
    patience.setDaemon(true);
    patience.start();
  }

  private synchronized boolean first(int number) {
    if (signal != 0) {
      return false;
    }
    signal = number;
    return true;
  }

  private void awaitEnd() {
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        hurry = true;
        if (!done.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
          cutOff();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cutOff() {
    try {
      last.run();
    } finally {
      Runtime.getRuntime().halt(exitCode());
    }
  }

  /** Whether to stop at the next good place. */
  @Override
  public boolean getAsBoolean() {
    return signal != 0;
  }

  /** Whether to drop what runs: it had its time to come to an end. */
  boolean hurry() {
    return hurry;
  }

  /** What a shell expects of a program ended by the signal: 128 + its number. */
  int exitCode() {
    return 128 + signal;
  }

  /** The work is done: listens no more. */
  @Override
  public void close() {
    done.countDown();
    signals.close();
  }
}
