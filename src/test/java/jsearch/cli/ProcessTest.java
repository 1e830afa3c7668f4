package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.hub.HubServer;
import jsearch.run.TinyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as processes of their own, ended from outside. */
class ProcessTest {
  /** Enough that none of the processes to be ended comes to the end by itself. */
  private static final int BUDGET = 160;

  private static final long PATIENCE_SECONDS = 300;

  private record Ended(int code, String out, String err) {}

  @TempDir Path temp;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void leaveNoneRunning() {
    started.forEach(Process::destroyForcibly);
  }

  /** Starts jsearch in {@code temp}, as the launcher does without a terminal. */
  private Process start(Object... words) throws IOException {
    return startNamed("", words);
  }

  /** The same; what it prints goes to files of this name. */
  private Process startNamed(String name, Object... words) throws IOException {
    List<String> command = new ArrayList<>(heedingInterrupts());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED", // which the jar's manifest says
            "-Djsearch.home=" + Path.of("").toAbsolutePath(),
            "-cp",
            System.getProperty("java.class.path"),
            "jsearch.cli.Main"));
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().putAll(environment);
    builder.redirectOutput(temp.resolve(name + "out").toFile());
    builder.redirectError(temp.resolve(name + "err").toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** A background job of a script ignores SIGINT, and so would what it starts. */
  static List<String> heedingInterrupts() throws IOException {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(env);
    trial.add("true");
    try {
      return new ProcessBuilder(trial).start().waitFor() == 0 ? env : List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Ended end(Process process) throws IOException, InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
    return new Ended(
        process.exitValue(),
        Files.readString(temp.resolve("out")),
        Files.readString(temp.resolve("err")));
  }

  private static long finished(Path study) throws IOException {
    Path journal = study.resolve("journal.log");
    return Files.exists(journal)
        ? Files.readAllLines(journal).stream()
            .filter(line -> line.contains("\"op_code\":6"))
            .count()
        : 0;
  }

  /** Waits until this many more trials are finished than when it was called. */
  private static void awaitTrials(Path study, int more, Process process)
      throws IOException, InterruptedException {
    long goal = finished(study) + more;
    while (finished(study) < goal) {
      assertTrue(process.isAlive(), "it ended before trial " + goal);
      Thread.sleep(10);
    }
  }

  private static Map<String, Object> summary(String json) {
    Map<String, Object> summary = new LinkedHashMap<>();
    ((Map<?, ?>) Document.json("stdout", json).value())
        .forEach((key, value) -> summary.put(key.toString(), value));
    summary.remove("seconds");
    summary.remove("timing");
    return summary;
  }

  private static void signal(String name, Process process) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
  }

  /** The words of a random search of this pair on the CPU. */
  private static Object[] search(TinyPair pair, Object... more) {
    return Stream.concat(
            Stream.of(
                "--base",
                pair.base(),
                "--donor",
                pair.donor(),
                "--eval",
                pair.suite(),
                "--device",
                "cpu",
                "--optimizer",
                "random"),
            Arrays.stream(more))
        .toArray();
  }

  @Test
  void aParentIsFetchedFromTheHubAlsoAfterAnInterruption() throws Exception {
    TinyPair pair = TinyPair.write(temp.resolve("pair"));
    try (HubServer hub = HubServer.of(pair.base())) {
      environment.put("HF_ENDPOINT", hub.endpoint().toString());
      environment.put("HF_HUB_CACHE", temp.resolve("cache").toString());
      Object[] eval = {"eval", "org/tiny", "--eval", pair.suite(), "--device", "cpu", "--json"};
      hub.stall("model.safetensors", 20_000);
      Process interrupted = start(eval);
      Path blobs = temp.resolve("cache/models--org--tiny/blobs");
      while (partialBytes(blobs) < 20_000) {
        assertTrue(interrupted.isAlive(), "it ended before the signal");
        Thread.sleep(10);
      }
      signal("INT", interrupted);
      Ended first = end(interrupted);
      assertEquals(130, first.code());
      assertEquals(
          "Fetching org/tiny@main from the Hub ...\n"
              + "Stopping; what is fetched is kept for the next time.\n",
          first.err());
      assertEquals(20_000, partialBytes(blobs));

      Ended second = end(start(eval));
      assertEquals(0, second.code(), second.err());
      assertEquals(0, partialBytes(blobs));
      Ended local =
          end(start("eval", pair.base(), "--eval", pair.suite(), "--device", "cpu", "--json"));
      assertEquals(scores(local), scores(second));
    }
  }

  /** What an eval prints before the time that it took. */
  private static String scores(Ended eval) {
    int timing = eval.out().indexOf("\"timing\"");
    assertTrue(timing > 0, eval.out());
    return eval.out().substring(0, timing);
  }

  private static long partialBytes(Path blobs) throws IOException {
    if (!Files.exists(blobs)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(blobs)) {
      return files
          .filter(file -> file.toString().endsWith(".incomplete"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  @Test
  void aSearchThatIsKilledInterruptedAndTerminatedEndsAsAnUndisturbedOne()
      throws IOException, InterruptedException {
    TinyPair pair = TinyPair.write(temp.resolve("pair"));
    Object[] search = search(pair, "--seed", 3, "--budget", BUDGET, "--json");
    Path study = temp.resolve("results/base-donor-1");

    Process killed = start(search);
    awaitTrials(study, 3, killed);
    signal("KILL", killed);
    assertEquals(128 + 9, end(killed).code());

    Process interrupted = start("resume", study);
    awaitTrials(study, 3, interrupted);
    signal("INT", interrupted);
    assertStopped(130, end(interrupted), study);

    Process terminated = start("resume", study);
    awaitTrials(study, 3, terminated);
    signal("TERM", terminated);
    assertStopped(143, end(terminated), study);

    Ended resumed = end(start("resume", study, "--json"));
    assertEquals(0, resumed.code(), resumed.err());
    Ended whole = end(start(search));
    assertEquals(0, whole.code(), whole.err());
    assertTrue(Files.exists(temp.resolve("results/base-donor-2")));

    assertEquals(summary(whole.out()), summary(resumed.out()));
    // One JSON object and nothing else, and no progress where nobody sees it.
    assertEquals(Files.readString(temp.resolve("results/base-donor-2/summary.json")), whole.out());
    assertTrue(whole.err().matches("Loading base .* \\.\\.\\.\\R"), whole.err());
    assertTrue(resumed.err().matches("Loading base .* \\.\\.\\.\\R"), resumed.err());
  }

  @Test
  void anotherTerminalFollowsASearchThatTellsWhenItIsStopped() throws Exception {
    TinyPair pair = TinyPair.write(temp.resolve("pair"));
    Path study = temp.resolve("study");
    Process search =
        start(
            search(
                pair,
                "--budget",
                1_000_000,
                "--out",
                study,
                "--notify",
                "echo told that it is $JSEARCH_STATE"));
    awaitTrials(study, 1, search);
    Process watch = startNamed("watch-", "watch", study);
    Path seen = temp.resolve("watch-out");
    while (!Files.readString(seen).contains(" complete, ")) {
      assertTrue(search.isAlive() && watch.isAlive(), "it ended before the signal");
      Thread.sleep(20);
    }
    Document status = Document.json("status", Commands.run("status", study, "--json").out());
    assertEquals("running", status.at("state").text());
    assertEquals(search.pid(), status.at("process").whole(1, Long.MAX_VALUE));

    signal("HUP", search);
    Ended stopped = end(search);
    assertEquals(129, stopped.code(), stopped.err());
    assertTrue(stopped.err().endsWith("\ntold that it is stopped\n"), stopped.err());
    assertTrue(watch.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
    assertEquals(0, watch.exitValue());
    String text = Files.readString(seen);
    assertTrue(text.contains("%n%s: stopped%nTrials: ".formatted(study)), text);
    assertTrue(text.endsWith("Go on with: jsearch resume %s%n".formatted(study)), text);
    assertEquals("", Files.readString(temp.resolve("watch-err")));
  }

  /** The shipped known schedules and the parents come first. */
  private static String tally(long finished) {
    long known = Math.min(finished, 11);
    return "%d/%d + %d known".formatted(finished - known, BUDGET, known);
  }

  /** It says so in one line, and leaves a report of what is known, which nothing confirms. */
  private static void assertStopped(int code, Ended ended, Path study) throws IOException {
    assertEquals(code, ended.code(), ended.err());
    assertTrue(
        ended
            .err()
            .endsWith(
                "Stopping; what runs has 10 s to finish, a second signal ends at once. Go on later"
                    + " with: jsearch resume %s%n".formatted(study)),
        ended.err());
    assertTrue(
        ended.out().contains("Stopped after %s trials.\n".formatted(tally(finished(study)))),
        ended.out());
    assertTrue(ended.out().endsWith("nothing is confirmed yet.\n"), ended.out());
    Document summary = Document.json(study.resolve("summary.json"));
    assertFalse(summary.at("confirmed").bool());
    assertEquals("stopped", summary.at("ended_by").text());
    assertEquals(finished(study), summary.at("trials").whole(0, BUDGET));
    String recipe = Files.readString(study.resolve("recipe.yaml"));
    assertTrue(recipe.contains("# Not confirmed, as the search was stopped."), recipe);
  }
}
