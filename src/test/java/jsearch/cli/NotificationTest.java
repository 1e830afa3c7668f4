package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationTest {
  @TempDir Path temp;
  private final StringWriter err = new StringWriter();
  private final List<String> warnings = new ArrayList<>();

  private void send(String command, Duration patience) {
    new Notification(command, patience, new PrintWriter(err, true), warnings::add)
        .send(Map.of("JSEARCH_STATE", "finished", "JSEARCH_STUDY", temp.toString()));
  }

  @Test
  void theCommandIsToldByItsEnvironmentAndItsOutputIsPassedOn() throws IOException {
    send(
        "echo \"$JSEARCH_STATE\" > \"$JSEARCH_STUDY/told\"; echo out; echo trouble >&2",
        Duration.ofMinutes(1));
    assertEquals("finished\n", Files.readString(temp.resolve("told")));
    assertEquals(List.of("out", "trouble"), err.toString().lines().toList());
    assertEquals(List.of(), warnings);
  }

  @Test
  void aCommandThatFailsIsAWarning() {
    send("exit 7", Duration.ofMinutes(1));
    assertEquals(List.of("--notify: exit 7 ended with exit code 7."), warnings);
  }

  @Test
  void aCommandThatHangsIsStoppedWithWhatItHasStarted() throws Exception {
    send("sleep 1000 & echo $! > \"$JSEARCH_STUDY/pid\"; wait", Duration.ofSeconds(2));
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).endsWith("has not ended after 2 s and was stopped."), warnings.get(0));
    long pid = Long.parseLong(Files.readString(temp.resolve("pid")).strip());
    var sleep = ProcessHandle.of(pid);
    if (sleep.isPresent()) {
      sleep.get().onExit().get();
    }
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }
}
