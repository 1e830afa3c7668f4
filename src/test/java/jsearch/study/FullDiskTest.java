package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDiskTest {
  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "There is not enough space on the disk"
      })
  void workIsTriedAgainUntilThereIsRoom(String message) throws IOException {
    Deque<IOException> refusals =
        new ArrayDeque<>(
            List.of(
                new IOException(message), new FileSystemException("journal.log", null, message)));
    FullDisk waiting = refused -> told.add(refused.getMessage());
    assertEquals("done", waiting.retry(() -> afterThese(refusals)));
    assertEquals(List.of(message, "journal.log: " + message), told);
  }

  @Test
  void whatIsNotWorthWaitingForIsThrown() {
    IOException full = new IOException("No space left on device");
    Deque<IOException> refusals = new ArrayDeque<>(List.of(full));
    assertSame(
        full,
        assertThrows(IOException.class, () -> FullDisk.GIVES_UP.retry(() -> afterThese(refusals))));
  }

  @Test
  void anyOtherTroubleIsThrownAtOnce() {
    Deque<IOException> refusals =
        new ArrayDeque<>(List.of(new IOException("Read-only file system")));
    FullDisk waiting = refused -> told.add(refused.getMessage());
    assertThrows(IOException.class, () -> waiting.retry(() -> afterThese(refusals)));
    assertEquals(List.of(), told);
  }

  private static String afterThese(Deque<IOException> refusals) throws IOException {
    if (!refusals.isEmpty()) {
      throw refusals.pop();
    }
    return "done";
  }
}
