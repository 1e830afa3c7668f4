package jsearch.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import jsearch.run.TinyPair;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of what is run by hand, see src/torture/README.md. */
class TortureTest {
  private static final int KILLS = 6;

  @TempDir static Path temp;
  private static Searcher searcher;
  private static Undisturbed undisturbed;

  @BeforeAll
  static void search() throws IOException, InterruptedException {
    TinyPair pair = TinyPair.write(Files.createDirectory(temp.resolve("pair")));
    searcher =
        new Searcher(
            Path.of(""),
            List.of(
                "--base=" + pair.base(),
                "--donor=" + pair.donor(),
                "--eval=" + pair.suite(),
                "--device=cpu",
                "--budget=120",
                "--seed=3"));
    undisturbed = Undisturbed.search(searcher, Files.createDirectory(temp.resolve("undisturbed")));
  }

  @Test
  void aSearchKilledAnywhereEndsAsAnUndisturbedOne() throws IOException, InterruptedException {
    Path scratch = Files.createDirectory(temp.resolve("killed"));
    Torture torture = new Torture(searcher, undisturbed, scratch, new Random(6), line -> {});
    Torture.Findings found = torture.run(KILLS);
    assertEquals(KILLS, found.kills().values().stream().mapToInt(n -> n).sum());
    assertEquals(Damage.NONE, found.damage());
    assertEquals(List.of(), found.files());
  }

  /** A limit on the size of files stands in for a disk that refuses; it needs no root. */
  @Test
  void aSearchWhoseJournalMayNotGrowStopsAndLaterGoesOnToTheSameEnd()
      throws IOException, InterruptedException {
    Path directory = Files.createDirectory(temp.resolve("refused"));
    Process refused =
        searcher.start(directory, List.of("bash", "-c", "ulimit -f 40; exec \"$@\"", "bash"));
    assertEquals(3, refused.waitFor(), Searcher.err(directory));
    assertTrue(
        Searcher.err(directory)
            .contains("\njsearch: The study study cannot be read or written: file too large.\n"),
        Searcher.err(directory));
    Records stopped = Records.read(Searcher.study(directory).resolve("journal.log"));
    assertTrue(0 < stopped.finished() && stopped.finished() < undisturbed.trials());
    searcher.finish(directory);
    assertEquals(Damage.NONE, undisturbed.damage(directory));
    assertEquals(List.of(), undisturbed.differences(directory));
  }
}
