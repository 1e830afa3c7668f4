package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  private static final String[] TOKENS = {
    "-1",
    "0",
    "9007199254740993",
    "1e999",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "null",
    "\\ud800",
    "\\u0000",
    "é",
    "../",
    "F64",
    "I64",
    "layers.999999.",
    "layers.2147483648.",
    "[9007199254740992]"
  };

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
      byte[] bad = mutate(good, new Random(seed));
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

  /** One to three changes: a bit, a cut, a token put in, a piece doubled. */
  private static byte[] mutate(byte[] good, Random random) {
    byte[] bytes = good;
    for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(random.nextInt(8) == 0 ? Math.min(8, bytes.length) : bytes.length);
      int length = Math.min(random.nextInt(12), bytes.length - at);
      byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
      bytes =
          switch (random.nextInt(5)) {
            case 0 ->
                splice(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 1 -> splice(bytes, at, length, new byte[0]);
            case 2 -> splice(bytes, at, token.length, token);
            case 3 -> splice(bytes, at, 0, token);
            default ->
                splice(bytes, at, random.nextInt(9) == 0 ? bytes.length : 1, new byte[] {'7'});
          };
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int at, int cut, byte[] put) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(put);
    int rest = Math.min(at + cut, bytes.length);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }
}
