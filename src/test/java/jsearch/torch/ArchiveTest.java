package jsearch.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ArchiveTest {
  /**
   * What {@code pickletools.dis} of CPython 3.11 shows as: PROTO 2, GLOBAL '__torch__ Program',
   * EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, BINUNICODE 'training', NEWFALSE, SETITEM, BUILD, STOP.
   */
  private static final String INSTANCE =
      "80 02 63 5f 5f 74 6f 72 63 68 5f 5f 0a 50 72 6f 67 72 61 6d 0a 29 81 7d 58 08 00 00 00 "
          + "74 72 61 69 6e 69 6e 67 89 73 62 2e";

  private static Map<String, byte[]> storedEntries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertEquals(ZipEntry.STORED, entry.getMethod(), entry.getName());
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  @Test
  void anArchiveHoldsFourStoredEntriesUnderOneFolder() throws IOException {
    Map<String, byte[]> entries = storedEntries(Archive.of("é\n", Map.of()));
    assertEquals(
        List.of(
            "program/data.pkl",
            "program/code/__torch__.py",
            "program/constants.pkl",
            "program/version"),
        List.copyOf(entries.keySet()));
    assertEquals(INSTANCE, hex(entries.get("program/data.pkl")));
    assertArrayEquals(
        "é\n".getBytes(StandardCharsets.UTF_8), entries.get("program/code/__torch__.py"));
    assertEquals("80 02 29 2e", hex(entries.get("program/constants.pkl")));
    assertEquals("31 30 0a", hex(entries.get("program/version")));
  }

  @Test
  void theSameSourceMakesTheSameBytesInAnotherMinute() throws IOException {
    byte[] archive = Archive.of("x", Map.of());
    assertArrayEquals(archive, Archive.of("x", Map.of()));
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      assertEquals(1980, zip.getNextEntry().getTimeLocal().getYear());
    }
  }

  @Test
  void anArchiveOfACompleteSourceLoadsAndRuns() {
    try (Torch torch = Torch.open("cpu")) {
      Program program = torch.program("adder", Sources.ADDER);
      try (Arena arena = torch.arena()) {
        Tensor sum = program.tensor(arena, "add", arena.floats(new float[] {1, 2}, 2), 0.5);
        assertArrayEquals(new float[] {1.5f, 2.5f}, sum.floats());
      }
    }
  }

  @Test
  void attributesOfAllKindsAreReadByTheProgram() {
    Map<String, Object> attributes =
        Map.of(
            "size",
            -3,
            "big",
            1L << 40,
            "half",
            0.5,
            "on",
            true,
            "name",
            "é",
            "counts",
            List.of(7, -1),
            "none",
            List.of(),
            "shares",
            List.of(0.25, 1e-300));
    try (Torch torch = Torch.open("cpu")) {
      Program program = torch.program("holder", Sources.HOLDER, attributes);
      assertArrayEquals(new long[] {-3, 1L << 40, 7, -1, 0}, program.longs("integers"));
      assertArrayEquals(new double[] {0.5, 0.25, 1e-300}, program.doubles("floats", "é"));
      assertArrayEquals(new double[] {}, program.doubles("floats", "e"));
    }
  }

  @Test
  void anAttributeThatIsDeclaredAndNotGivenIsNamed() {
    try (Torch torch = Torch.open("cpu")) {
      Map<String, Object> attributes = Map.of("size", 1);
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () -> torch.program("holder", Sources.HOLDER, attributes));
      assertTrue(e.getMessage().startsWith("holder does not compile: "), e.getMessage());
    }
  }

  @Test
  void anAttributeThatNoProgramHoldsIsRefused() {
    Map<String, Object> attributes = Map.of("size", 1f);
    assertThrows(IllegalArgumentException.class, () -> Archive.of("", attributes));
  }

  @Test
  void aSourceThatDoesNotCompileIsNamedWithItsLine() {
    String broken = Sources.ADDER.replace("torch.add(x, y)", "torch.no_such_operator(x, y)");
    try (Torch torch = Torch.open("cpu")) {
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> torch.program("adder", broken));
      assertTrue(e.getMessage().startsWith("adder does not compile: "), e.getMessage());
      assertTrue(e.getMessage().contains("no_such_operator"), e.getMessage());
    }
  }
}
