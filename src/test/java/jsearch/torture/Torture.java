package jsearch.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Kills searches at random moments, lets each come to its end, and compares what is there.
 *
 * <p>The long version is run by hand, see {@link #main}; a short one is a test.
 */
final class Torture {
  /** Java's exit code of a process that was killed. */
  private static final int KILLED = 128 + 9;

  /** A search is killed one to so many times. */
  private static final int MOST_KILLS_OF_A_SEARCH = 7;

  /** What of a study was there when a kill met it. */
  enum Met {
    NO_DIRECTORY,
    NO_SPEC,
    NO_TRIAL,
    A_RUNNING_TRIAL,
    NO_RUNNING_TRIAL,
    EVERY_TRIAL_FINISHED
  }

  /**
   * What a torture found.
   *
   * @param kills by what they met
   * @param studies that came to their ends, each compared
   * @param files that differ, are missing or are left over
   */
  record Findings(Map<Met, Integer> kills, int studies, Damage damage, List<String> files) {}

  private final Searcher searcher;
  private final Undisturbed undisturbed;
  private final Path scratch;
  private final Random random;
  private final Consumer<String> log;
  private final Map<Met, Integer> kills = new EnumMap<>(Met.class);
  private final List<String> files = new ArrayList<>();
  private Damage damage = Damage.NONE;

  /**
   * A torture of this search.
   *
   * @param undisturbed the same search
   * @param scratch an existing directory for the studies
   * @param log told of each kill and study
   */
  Torture(
      Searcher searcher,
      Undisturbed undisturbed,
      Path scratch,
      Random random,
      Consumer<String> log) {
    this.searcher = searcher;
    this.undisturbed = undisturbed;
    this.scratch = scratch;
    this.random = random;
    this.log = log;
  }

  /**
   * Runs searches until so many processes were killed and the last search is at its end.
   *
   * @throws IllegalStateException when a search ends with a fault, which it should not
   */
  Findings run(int total) throws IOException, InterruptedException {
    int studies = 0;
    int done = 0;
    while (done < total) {
      Path directory = Files.createDirectory(scratch.resolve("study-" + ++studies));
      int planned = Math.min(1 + random.nextInt(MOST_KILLS_OF_A_SEARCH), total - done);
      while (planned > 0 && killed(directory, planned)) {
        planned--;
        done++;
      }
      searcher.finish(directory);
      compare(directory);
    }
    return new Findings(kills, studies, damage, files);
  }

  /** Starts the search or goes on with it; whether it was killed before its end. */
  private boolean killed(Path directory, int planned) throws IOException, InterruptedException {
    Path study = Searcher.study(directory);
    int finished = Records.read(study.resolve("journal.log")).finished();
    Moment moment = Moment.draw(random, undisturbed.start(), undisturbed.left(finished), planned);
    Process process = searcher.start(directory);
    moment.strike(process, study);
    if (process.exitValue() != KILLED) {
      Searcher.requireEnd(process, directory);
      return false;
    }
    Met met = met(study);
    kills.merge(met, 1, Integer::sum);
    log.accept("%s, %s: met %s".formatted(directory.getFileName(), moment, met));
    return true;
  }

  private Met met(Path study) throws IOException {
    if (!Files.exists(study)) {
      return Met.NO_DIRECTORY;
    }
    if (!Files.exists(study.resolve("study.yaml"))) {
      return Met.NO_SPEC;
    }
    Records records = Records.read(study.resolve("journal.log"));
    if (records.size() == 0) {
      return Met.NO_TRIAL;
    }
    if (records.finished() < records.size()) {
      return Met.A_RUNNING_TRIAL;
    }
    return records.finished() < undisturbed.trials()
        ? Met.NO_RUNNING_TRIAL
        : Met.EVERY_TRIAL_FINISHED;
  }

  private void compare(Path directory) throws IOException {
    Damage found = undisturbed.damage(directory);
    List<String> differing = undisturbed.differences(directory);
    log.accept("%s is at its end: %s %s".formatted(directory.getFileName(), found, differing));
    damage = damage.plus(found);
    differing.forEach(file -> files.add(directory.getFileName() + ": " + file));
  }

  /**
   * The long version: {@code KILLS SEED SCRATCH WORDS...}, where the words are of a search.
   *
   * <p>How to run it is in src/torture/README.md.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(Path.of(args[2]).toAbsolutePath());
    Searcher searcher = new Searcher(Path.of(""), Arrays.asList(args).subList(3, args.length));
    Undisturbed undisturbed =
        Undisturbed.search(searcher, Files.createDirectory(scratch.resolve("undisturbed")));
    System.out.println(undisturbed.times());
    Random random = new Random(Long.parseLong(args[1]));
    Torture torture = new Torture(searcher, undisturbed, scratch, random, System.out::println);
    System.out.println(torture.run(Integer.parseInt(args[0])));
  }
}
