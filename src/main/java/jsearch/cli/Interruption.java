package jsearch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C and SIGTERM as a question that long work asks: should it stop?
 *
 * <p>While one is open, a signal lets the running trial finish, up to a limit, before the machine
 * goes down. Whatever is cut off after that, the journal can be resumed.
 */
final class Interruption implements AutoCloseable, BooleanSupplier {
  /** What a shell expects of a program ended by SIGINT: 128 + 2. */
  static final int EXIT_CODE = 130;

  /** Longer, and a person would reach for kill -9; the machine answers no second Ctrl-C. */
  static final int PATIENCE_SECONDS = 10;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean requested;

  /** Listens from now on; {@code told} runs when a signal comes. */
  Interruption(Runnable told) {
    hook =
        new Thread(
            () -> {
              requested = true;
              try {
                told.run();
                done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  /** Lets the machine go down if it waits for this, and listens no more. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is going down already, and the hook runs.
    }
  }
}
