package jsearch.torture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts jsearch as a process of its own.
 *
 * @param home where jsearch itself lies
 * @param words of the search, without its directory
 */
record Searcher(Path home, List<String> words) {
  Searcher {
    words = List.copyOf(words);
  }

  /** Begins the search in {@code DIRECTORY/study}, or goes on with it where its spec is there. */
  Process start(Path directory) throws IOException {
    return start(directory, List.of());
  }

  /**
   * The same by another command.
   *
   * @param launcher words before it, which execute what follows them
   */
  Process start(Path directory, List<String> launcher) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED", // which the jar's manifest says
            "-Djsearch.home=" + home.toAbsolutePath(),
            "-cp",
            classPath(),
            "jsearch.cli.Main"));
    Path study = study(directory);
    if (Files.exists(study.resolve("study.yaml"))) {
      command.addAll(List.of("resume", study.getFileName().toString()));
    } else {
      command.addAll(words);
      command.addAll(List.of("--out", study.getFileName().toString()));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putIfAbsent("GOMP_SPINCOUNT", "20000"); // as the launcher has it
    builder.redirectOutput(directory.resolve("out").toFile());
    builder.redirectError(directory.resolve("err").toFile());
    return builder.start();
  }

  /** This process's, with names that mean the same in every directory. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Where a search begun in this directory has its study. */
  static Path study(Path directory) {
    return directory.resolve("study");
  }

  /** Begins or goes on, to the end. */
  void finish(Path directory) throws IOException, InterruptedException {
    Process process = start(directory);
    process.waitFor();
    requireEnd(process, directory);
  }

  /** Throws what an ended process said when it is not that all went well. */
  static void requireEnd(Process ended, Path directory) throws IOException {
    if (ended.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s".formatted(directory, ended.exitValue(), err(directory)));
    }
  }

  /** What the last process in this directory said of a fault. */
  static String err(Path directory) throws IOException {
    return Files.readString(directory.resolve("err"));
  }
}
