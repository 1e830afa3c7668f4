package jsearch.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A search that nothing disturbed, to compare others with.
 *
 * @param study its directory
 * @param records what its journal says
 * @param start how long the process needed until its journal began
 * @param searching how long it then needed until its journal was whole
 * @param rest how long it then needed until its end
 */
record Undisturbed(Path study, Records records, Duration start, Duration searching, Duration rest) {
  /** Runs the search in an existing directory. */
  static Undisturbed search(Searcher searcher, Path directory)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    long first = began;
    long last = began;
    long size = 0;
    Process process = searcher.start(directory);
    Path study = Searcher.study(directory);
    Path journal = study.resolve("journal.log");
    while (process.isAlive()) {
      long now = journal.toFile().length(); // 0 where there is none
      if (now != size) {
        last = System.nanoTime();
        first = size == 0 ? last : first;
        size = now;
      }
      Thread.sleep(1);
    }
    Searcher.requireEnd(process, directory);
    return new Undisturbed(
        study,
        Records.read(journal),
        Duration.ofNanos(first - began),
        Duration.ofNanos(last - first),
        Duration.ofNanos(System.nanoTime() - last));
  }

  /** How many trials the search has. */
  int trials() {
    return records.size();
  }

  /** How long a process needs from its start to its end when so many trials are finished. */
  Duration left(int finished) {
    double todo = 1 - (double) finished / trials();
    return start.plusNanos((long) (todo * searching.toNanos())).plus(rest);
  }

  /** What is wrong with the trials of the finished search in this directory. */
  Damage damage(Path directory) throws IOException {
    return Damage.of(Records.read(Searcher.study(directory).resolve("journal.log")), records);
  }

  /** Its files that are not as here, missing or left over. */
  List<String> differences(Path directory) throws IOException {
    return Remains.differences(Searcher.study(directory), study);
  }

  String times() {
    return "Undisturbed: %d trials; %d ms to start, %d ms to search, %d ms for the rest."
        .formatted(trials(), start.toMillis(), searching.toMillis(), rest.toMillis());
  }
}
