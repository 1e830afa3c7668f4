package jsearch.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import jsearch.document.InputException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchTest {
  private static Torch torch;
  private static Program adder;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu");
    adder = torch.program("adder", Sources.ADDER);
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  private static long addressSpace() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getCommittedVirtualMemorySize();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tpu", "", "gpu:", "gpu:-1", "gpu:00000", "CPU", "cuda:", "cudagpu", "gpucuda:0"})
  void anUnknownDeviceIsRefusedWithTheNamesThereAre(String name) {
    InputException e = assertThrows(InputException.class, () -> Torch.open(name));
    String message = "Device is %s, expected auto, cpu, gpu or gpu:N.".formatted(name);
    assertEquals(message, e.getMessage().lines().findFirst().orElseThrow());
  }

  @Test
  void aGpuThatIsNotThereIsRefusedWithTheNumberThereIs() {
    String message = assertThrows(InputException.class, () -> Torch.open("gpu:9999")).getMessage();
    assertTrue(
        message.matches(
            "(?s)Device is gpu:9999, but this machine shows \\d+ GPUs to PyTorch \\d.*\nMaybe .*"),
        message);
  }

  @ParameterizedTest
  @CsvSource({
    "cuda, gpu",
    "cuda:1, gpu:1",
    "gpu:2, gpu:2",
    "auto, auto",
    "cpu, cpu",
    "cudas, cudas",
    "cuda:, cuda:"
  })
  void cudaIsAnotherNameOfAGpu(String asked, String name) {
    assertEquals(name, Torch.deviceName(asked));
  }

  @Test
  void aGpuThatIsNotThereIsRefusedByTheNameThatWasGiven() {
    String message = assertThrows(InputException.class, () -> Torch.open("cuda:9999")).getMessage();
    assertTrue(message.startsWith("Device is cuda:9999, but this machine shows "), message);
  }

  @Test
  void theCpuHasOneNameInJavaAndInScripts() {
    assertEquals("cpu", torch.device());
    assertEquals("cpu", torch.scriptDevice());
  }

  @Test
  void djlIsToldToStayOfflineAndToCountNobody() {
    assertEquals("true", System.getProperty("ai.djl.offline"));
    assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
  }

  @Test
  void aProgramBesideAClassIsLoadedOnce() {
    Program storage = torch.program(Storage.class, "storage");
    assertSame(storage, torch.program(Storage.class, "storage"));
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> torch.program(Storage.class, "absent"));
    assertTrue(e.getMessage().contains("absent.torchscript"), e.getMessage());
  }

  @Test
  void allKindsOfArgumentsArrive() {
    try (Arena arena = torch.arena()) {
      Tensor two = arena.floats(new float[] {2}, 1);
      Tensor some = arena.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      List<Tensor> doubled =
          adder.tensors(arena, "pieces", List.of(some, two), arena.map(Map.of("by", two)));
      assertEquals(List.of(2L, 3L), doubled.get(0).shape());
      assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, doubled.get(0).floats());
      assertArrayEquals(new float[] {4}, doubled.get(1).floats());
      long big = 1L << 40;
      assertArrayEquals(new long[] {big + 1}, adder.longs("total", new long[] {big, 1}));
      double[] thirds = adder.doubles("third", new double[] {1, 2, 1 / 3.0}, true, "ε");
      assertArrayEquals(new double[] {1 / 3.0}, thirds);
    }
  }

  @Test
  void anArgumentThatNoProgramTakesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> adder.longs("total", new int[] {1, 2}));
  }

  @Test
  void aFailureAtRunTimeNamesProgramMethodAndReason() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> adder.longs("total", new long[0]));
    assertTrue(e.getMessage().startsWith("adder.total: "), e.getMessage());
    assertTrue(e.getMessage().contains("out of range"), e.getMessage());
  }

  @Test
  void askingForMoreMemoryThanThereIsHasAnExceptionOfItsOwn() {
    try (Arena arena = torch.arena()) {
      OutOfDeviceMemoryException e =
          assertThrows(
              OutOfDeviceMemoryException.class,
              () -> adder.tensor(arena, "zeros", Long.MAX_VALUE / 16));
      assertTrue(e.getMessage().startsWith("adder.zeros: "), e.getMessage());
    }
  }

  @Test
  void aTensorSaysWhenItHoldsAnotherFormat() {
    try (Arena arena = torch.arena()) {
      Tensor longs = arena.longs(new long[] {1}, 1);
      assertThrows(IllegalStateException.class, longs::floats);
      assertThrows(IllegalStateException.class, longs::doubles);
      assertArrayEquals(new long[] {1}, longs.longs());
    }
  }

  @Test
  void aTensorOfAClosedArenaCannotBeUsed() {
    Arena outer = torch.arena();
    Arena inner = outer.nested();
    Tensor tensor = inner.floats(new float[] {1}, 1);
    outer.close();
    assertThrows(IllegalStateException.class, tensor::floats);
    try (Arena arena = torch.arena()) {
      assertThrows(IllegalStateException.class, () -> adder.tensor(arena, "add", tensor, 1.0));
    }
  }

  @Test
  void aResultOutlivesTheArenaOfItsArguments() {
    try (Arena arena = torch.arena()) {
      Tensor sum;
      try (Arena inner = arena.nested()) {
        sum = adder.tensor(arena, "add", inner.floats(new float[] {1}, 1), 1.0);
      }
      assertArrayEquals(new float[] {2}, sum.floats());
    }
  }

  @Test
  void closedArenasGiveTheirMemoryBack() {
    int elements = 1 << 20;
    int calls = 1000;
    long before = addressSpace();
    for (int i = 0; i < calls; i++) {
      try (Arena arena = torch.arena()) {
        Tensor zeros = adder.tensor(arena, "zeros", elements);
        TensorMap by = arena.map(Map.of("by", arena.floats(new float[] {1}, 1)));
        adder.tensors(arena, "pieces", List.of(zeros), by);
      }
    }
    // Had calls kept results, arguments or lists, this would be at least 4 GB more.
    long grown = addressSpace() - before;
    assertTrue(grown < (long) calls * elements, "grown by " + grown + " bytes");
  }

  @Test
  void aClosedArenaLeavesNothingBehindInItsParent() {
    try (Arena arena = torch.arena()) {
      for (int i = 0; i < 10; i++) {
        try (Arena inner = arena.nested()) {
          adder.tensor(inner, "zeros", 1);
          inner.map(Map.of("by", inner.floats(new float[] {1}, 1)));
        }
      }
      assertEquals(List.of(), arena.manager().getManagedArrays());
    }
  }
}
