package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import jsearch.SetClock;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final IOException FULL = new IOException("No space left on device");

  private final List<String> told = new ArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();

  @Test
  void aFullDiskIsToldOnceAndWaitedFor() {
    Room room = room(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    assertTrue(room.awaitsRoom(FULL));
    assertTrue(room.awaitsRoom(FULL));
    assertEquals(1, told.size());
    assertTrue(told.get(0).startsWith("The disk is full (No space left on device)."), told.get(0));
  }

  @Test
  void aDiskThatStaysFullIsToldAgainAfterTenMinutes() {
    SetClock clock = new SetClock(Instant.EPOCH);
    Room room = room(clock);
    room.awaitsRoom(FULL);
    clock.pass(Duration.ofSeconds(599));
    room.awaitsRoom(FULL);
    assertEquals(1, told.size());
    clock.pass(Duration.ofSeconds(1));
    room.awaitsRoom(FULL);
    assertEquals(2, told.size());
  }

  @Test
  void aSearchThatIsToStopWaitsNoMore() {
    stop.set(true);
    assertFalse(room(Clock.systemUTC()).awaitsRoom(FULL));
    assertEquals(List.of(), told);
  }

  @Test
  void anInterruptedThreadWaitsNoMore() {
    Thread.currentThread().interrupt();
    assertFalse(room(Clock.systemUTC()).awaitsRoom(FULL));
    assertTrue(Thread.interrupted());
  }

  private Room room(Clock clock) {
    return new Room(clock, Duration.ZERO, told::add, stop::get);
  }
}
