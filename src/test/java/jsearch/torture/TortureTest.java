package jsearch.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import jsearch.run.TinyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of what is run by hand with 200 kills, see src/torture/README.md. */
class TortureTest {
  private static final int KILLS = 6;

  @TempDir Path temp;

  @Test
  void aSearchKilledAnywhereEndsAsAnUndisturbedOne() throws IOException, InterruptedException {
    TinyPair pair = TinyPair.write(Files.createDirectory(temp.resolve("pair")));
    List<String> words =
        List.of(
            "--base=" + pair.base(),
            "--donor=" + pair.donor(),
            "--eval=" + pair.suite(),
            "--device=cpu",
            "--budget=120",
            "--seed=3");
    Searcher searcher = new Searcher(Path.of(""), words);
    Path scratch = Files.createDirectory(temp.resolve("scratch"));
    Torture.Findings found = new Torture(searcher, scratch, new Random(6), line -> {}).run(KILLS);
    assertEquals(KILLS, found.kills().values().stream().mapToInt(n -> n).sum());
    assertEquals(Damage.NONE, found.damage());
    assertEquals(List.of(), found.files());
  }
}
