package jsearch.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import jsearch.SetClock;
import org.junit.jupiter.api.Test;

class StopwatchTest {
  private final SetClock clock = new SetClock(Instant.EPOCH);
  private final Stopwatch stopwatch = new Stopwatch(clock);

  private void pass(int seconds) {
    clock.pass(Duration.ofSeconds(seconds));
  }

  private long seconds(Phase phase) {
    return stopwatch.spent(phase).toSeconds();
  }

  @Test
  void workOfOnePhaseAddsUp() {
    stopwatch.time(Phase.MERGE, () -> pass(2));
    pass(1);
    stopwatch.time(Phase.MERGE, () -> pass(3));
    assertEquals(5, seconds(Phase.MERGE));
    assertEquals(0, seconds(Phase.DECODE));
    assertEquals(Duration.ofSeconds(6), stopwatch.elapsed());
  }

  @Test
  void aJobIsDividedAsItsBatchesWere() {
    Laps laps = stopwatch.laps();
    laps.batch(
        () -> {
          laps.time(Phase.PREFILL, () -> passed(3));
          laps.time(Phase.DECODE, () -> passed(5));
          pass(2);
        });
    laps.end();
    assertEquals(3, seconds(Phase.PREFILL));
    assertEquals(5, seconds(Phase.DECODE));
  }

  @Test
  void batchesSideBySideShareTheWallTimeTheyTake() {
    Laps laps = stopwatch.laps();
    // Two batches within each other stand for two threads: 10 s and 6 s of them in 10 s.
    laps.batch(
        () -> {
          laps.batch(() -> laps.time(Phase.DECODE, () -> passed(6)));
          pass(4);
        });
    laps.end();
    assertEquals(Duration.ofMillis(3_750), stopwatch.spent(Phase.DECODE)); // 10 s * 6 / 16
  }

  @Test
  void aJobWithoutBatchesTakesNoTime() {
    stopwatch.laps().end();
    assertEquals(0, seconds(Phase.PREFILL));
  }

  private Object passed(int seconds) {
    pass(seconds);
    return null;
  }
}
