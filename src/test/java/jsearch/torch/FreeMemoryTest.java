package jsearch.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jsearch.checkpoint.DType;
import org.junit.jupiter.api.Test;

class FreeMemoryTest {
  private static final String LINUX =
      """
      MemTotal:       16000000 kB
      MemFree:         1000000 kB
      MemAvailable:    9000000 kB
      """;

  private static final long KB = 1024;

  @Test
  void aCacheOfFilesCountsAsFree() {
    assertEquals(9_000_000 * KB, FreeMemory.of(LINUX, 16_000_000 * KB, 1_000_000 * KB));
  }

  @Test
  void aContainersLimitHolds() {
    assertEquals(2_000_000 * KB, FreeMemory.of(LINUX, 4_000_000 * KB, 2_000_000 * KB));
    assertEquals(9_000_000 * KB, FreeMemory.of(LINUX, 12_000_000 * KB, 11_000_000 * KB));
  }

  @Test
  void whereNothingIsToldOfAvailableMemoryJavasFigureHolds() {
    assertEquals(5 * KB, FreeMemory.of("", 16 * KB, 5 * KB));
    assertEquals(5 * KB, FreeMemory.of("MemTotal: 16 kB\n", 16 * KB, 5 * KB));
  }

  @Test
  void thisMachineHasFreeMemoryAndMultipliesFloats() {
    try (Torch torch = Torch.open("cpu")) {
      assertTrue(torch.freeMemory() > 0);
      assertTrue(torch.multiplies(DType.F32));
    }
  }
}
