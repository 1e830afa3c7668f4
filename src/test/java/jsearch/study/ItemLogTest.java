package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemLogTest {
  @TempDir Path scratch;

  /** Checksums by the Python package crc32c 2.7.1. */
  private static final List<String> LINES =
      List.of(
          "67c6478b {\"trial\":0,\"items\":{\"sums\":[1,0,0.3333333333333333],\"numéros\":[-2]}}",
          "365ae726 {\"trial\":2,\"items\":{\"sums\":[1,1,1.0E-7],\"numéros\":[0]}}");

  private static final Map<Integer, Map<String, List<Double>>> SCORES =
      Map.of(
          0, items(List.of(1.0, 0.0, 1.0 / 3), List.of(-2.0)),
          2, items(List.of(1.0, 1.0, 1e-7), List.of(0.0)));

  @Test
  void aLineIsATrialsScoresWithTheirChecksum() throws IOException {
    Path file = written();
    assertEquals(LINES, Files.readAllLines(file));
    assertEquals(SCORES, ItemLog.read(file));
  }

  @Test
  void aFileCutAtAnyByteKeepsItsWholeLines() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);
    int kept = 0;
    for (int cut = 0; cut <= whole.length; cut++) {
      kept += cut > 0 && whole[cut - 1] == '\n' ? 1 : 0;
      Files.write(file, Arrays.copyOf(whole, cut));
      ItemLog.open(file, trial -> true).close();
      assertEquals(LINES.subList(0, kept), Files.readAllLines(file), "cut at " + cut);
    }
  }

  @Test
  void theScoresOfTrialsThatTheJournalHasNotFinishedAreCutOff() throws IOException {
    Path file = written();
    ItemLog.open(file, trial -> trial < 2).close();
    assertEquals(LINES.subList(0, 1), Files.readAllLines(file));
    try (ItemLog log = ItemLog.open(file, trial -> trial < 2)) {
      log.append(2, SCORES.get(2));
    }
    assertEquals(LINES, Files.readAllLines(file));
  }

  @Test
  void aReaderDoesNotMindALineThatIsBeingWritten() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));
    assertEquals(Map.of(0, SCORES.get(0)), ItemLog.read(file));
    assertEquals(whole.length - 5, Files.size(file));
  }

  @Test
  void aDamagedLineBeforeTheLastIsNamed() throws IOException {
    Path file = written();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, lines.get(0).replace("[1,0", "[1,1"));
    Files.write(file, lines);
    for (var read :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> ItemLog.read(file), () -> ItemLog.open(file, trial -> true))) {
      StudyException e = assertThrows(StudyException.class, read);
      assertTrue(e.getMessage().startsWith("Line 1 of " + file), e.getMessage());
      assertTrue(e.getMessage().contains("checksum"), e.getMessage());
    }
    assertEquals(lines, Files.readAllLines(file));
  }

  @Test
  void aLineOfAnotherKindIsNamed() throws IOException {
    Path file = scratch.resolve("items.log");
    // The checksum of "[]".
    Files.writeString(file, "764dbd76 []\n" + LINES.get(0) + "\n");
    RuntimeException e = assertThrows(RuntimeException.class, () -> ItemLog.read(file));
    assertTrue(e.getMessage().contains("items.log, line 1"), e.getMessage());
  }

  private Path written() throws IOException {
    Path file = scratch.resolve("items.log");
    Files.deleteIfExists(file);
    try (ItemLog log = ItemLog.open(file, trial -> true)) {
      log.append(0, SCORES.get(0));
      log.append(2, SCORES.get(2));
    }
    return file;
  }

  private static Map<String, List<Double>> items(List<Double> sums, List<Double> numbers) {
    Map<String, List<Double>> items = new LinkedHashMap<>();
    items.put("sums", sums);
    items.put("numéros", numbers);
    return items;
  }
}
