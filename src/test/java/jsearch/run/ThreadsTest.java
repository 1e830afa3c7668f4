package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final OptionalInt NONE = OptionalInt.empty();

  private static Threads threads(int begun, int used, int available, boolean deciding) {
    return new Threads(OptionalInt.of(begun), OptionalInt.of(used), available, deciding);
  }

  @Test
  void aNewStudyRecordsTheThreadsThatCompute() {
    Threads threads = new Threads(NONE, OptionalInt.of(4), 4, true);
    assertEquals(OptionalInt.of(4), threads.recorded());
    assertEquals(Optional.empty(), threads.note());
  }

  @Test
  void onAGpuThereIsNothingToRecord() {
    Threads threads = new Threads(NONE, NONE, 4, true);
    assertEquals(NONE, threads.recorded());
    assertEquals(Optional.empty(), threads.note());
  }

  @Test
  void onTheSameMachineNothingIsSaid() {
    assertEquals(OptionalInt.of(4), threads(4, 4, 4, true).recorded());
    assertEquals(Optional.empty(), threads(4, 4, 4, true).note());
    assertEquals(Optional.empty(), threads(4, 4, 4, false).note());
  }

  @Test
  void aLargerMachineKeepsToTheThreadsOfTheStudy() {
    for (boolean deciding : new boolean[] {true, false}) {
      assertEquals(OptionalInt.of(1), threads(1, 1, 64, deciding).recorded());
      assertEquals(
          Optional.of(
              "A worker keeps to 1 thread, as many as the study was begun with, so that no number"
                  + " changes; this machine has 64 for it. A fork (--fork NEW-DIR) would use all."),
          threads(1, 1, 64, deciding).note());
    }
  }

  @Test
  void onASmallerMachineASmallModelGoesOnAndALargeOneIsAnotherComputation() {
    assertEquals(OptionalInt.of(8), threads(8, 2, 2, false).recorded());
    assertEquals(
        Optional.of(
            "The study was begun with 8 threads a worker, and this machine has 2. No number"
                + " changes, as each operation of a model this small is one thread's; it only"
                + " takes longer."),
        threads(8, 2, 2, false).note());
    assertEquals(OptionalInt.of(2), threads(8, 2, 2, true).recorded());
    assertEquals(Optional.empty(), threads(8, 2, 2, true).note());
  }
}
