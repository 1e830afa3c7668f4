package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signals do to work that runs in a process of its own. */
class InterruptionTest {
  private Process process;
  private BufferedReader lines;

  @AfterEach
  void leaveNoneRunning() {
    process.destroyForcibly();
  }

  /** Work that ends when it is asked to stop, to hurry, or not at all. */
  static final class Work {
    private Work() {}

    /** Takes what to heed and how many milliseconds to be patient. */
    public static void main(String[] args) throws InterruptedException {
      Duration patience = Duration.ofMillis(Long.parseLong(args[1]));
      int code;
      try (Interruption interruption =
          new Interruption(() -> say("stopping"), () -> say("last words"), patience, patience)) {
        say("ready");
        while (!(args[0].equals("stop") && interruption.getAsBoolean())
            && !(args[0].equals("hurry") && interruption.hurry())) {
          Thread.sleep(5);
        }
        code = interruption.exitCode();
      }
      say("done");
      System.exit(code);
    }

    private static void say(String line) {
      System.out.println(line);
    }
  }

  private void start(String ignored, String heeds, long patienceMillis) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(ProcessTest.heedingInterrupts());
    if (!ignored.isEmpty()) {
      command.addAll(List.of("sh", "-c", "trap '' " + ignored + "; exec \"$@\"", "sh"));
    }
    command.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Work.class.getName()));
    command.addAll(List.of(heeds, Long.toString(patienceMillis)));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    lines = process.inputReader(StandardCharsets.UTF_8);
    assertEquals("ready", lines.readLine());
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  private int exitCode() throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
    return process.exitValue();
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void theFirstSignalAsksTheWorkToStopAndNamesTheExitCode(String name, int code) throws Exception {
    start("", "stop", 60_000);
    signal(name);
    assertEquals("stopping", lines.readLine());
    assertEquals("done", lines.readLine());
    assertEquals(code, exitCode());
  }

  @Test
  void theSecondSignalEndsAtOnceWithTheCodeOfTheFirst() throws Exception {
    start("", "nothing", 60_000);
    signal("INT");
    assertEquals("stopping", lines.readLine());
    signal("TERM");
    assertEquals(130, exitCode());
    assertEquals(null, lines.readLine());
  }

  @Test
  void workThatGoesOnIsAskedToHurry() throws Exception {
    start("", "hurry", 2_000);
    signal("TERM");
    assertEquals("stopping", lines.readLine());
    assertEquals("done", lines.readLine());
    assertEquals(143, exitCode());
  }

  @Test
  void workThatHeedsNothingIsCutOffAfterLastWords() throws Exception {
    start("", "nothing", 50);
    signal("TERM");
    assertEquals("stopping", lines.readLine());
    assertEquals("last words", lines.readLine());
    assertEquals(143, exitCode());
  }

  @Test
  void aSignalThatWasIgnoredFromTheBeginningStaysIgnored() throws Exception {
    start("HUP", "stop", 60_000);
    signal("HUP");
    signal("TERM");
    // Had SIGHUP been heard, the code would be its own.
    assertEquals("stopping", lines.readLine());
    assertEquals("done", lines.readLine());
    assertEquals(143, exitCode());
  }
}
