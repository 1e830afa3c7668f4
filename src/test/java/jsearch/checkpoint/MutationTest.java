package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import jsearch.document.InputException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged files either open or are told to the user; nothing else may come out. */
class MutationTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "model-00001-of-00002.safetensors, 1200",
    "model.safetensors.index.json, 600",
    "config.json, 200"
  })
  void aDamagedFileOpensOrIsAnInputError(String name, int cases) throws IOException {
    Path directory =
        new TinyCheckpoint().layers(1).hidden(4).heads(1, 1, 4).vocab(8).shards(2).write(temp);
    Path file = directory.resolve(name);
    byte[] good = Files.readAllBytes(file);
    int refused = 0;
    for (int seed = 0; seed < cases; seed++) {
      byte[] bad = Mutation.of(good, new Random(seed));
      Files.write(file, bad);
      try {
        Checkpoint.open(directory).tensors().values().forEach(MutationTest::requireInside);
      } catch (InputException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        fail("seed %d: %s".formatted(seed, HexFormat.of().formatHex(bad)), e);
      }
    }
    assertTrue(refused > cases / 4 && refused < cases, refused + " refused of " + cases);
  }

  private static void requireInside(TensorInfo info) {
    long end = info.offset() + info.bytes();
    if (info.offset() < 8 || end > info.file().toFile().length()) {
      throw new AssertionError(info + " lies outside its file");
    }
  }
}
