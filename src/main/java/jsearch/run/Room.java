package jsearch.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import jsearch.study.FullDisk;

/** Waits for room on a full disk until there is some or the search is to stop. */
final class Room implements FullDisk {
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** A refusal so long after the last one is told as a new one. */
  private static final Duration QUIET = Duration.ofMinutes(10);

  private final Clock clock;
  private final Duration pause;
  private final Consumer<String> told;
  private final BooleanSupplier stop;
  private long quietUntil = Long.MIN_VALUE;

  /**
   * A wait for room.
   *
   * @param pause between two attempts
   * @param told what is wrong, at first and every ten minutes
   * @param stop asked before each pause
   */
  Room(Clock clock, Duration pause, Consumer<String> told, BooleanSupplier stop) {
    this.clock = clock;
    this.pause = pause;
    this.told = told;
    this.stop = stop;
  }

  @Override
  public boolean awaitsRoom(IOException refused) {
    if (stop.getAsBoolean()) {
      return false;
    }
    if (clock.millis() >= quietUntil) {
      quietUntil = clock.millis() + QUIET.toMillis();
      told.accept(
          "The disk is full (%s). The search waits and goes on when there is room; nothing is lost."
              .formatted(refused.getMessage()));
    }
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
