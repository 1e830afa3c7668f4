package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
  private static final String CONFIG = "{\"num_hidden_layers\":1}";

  @TempDir Path temp;

  @Test
  void itIsTheDigestOfFilesAndSamplesThatItsDocumentationGives() throws Exception {
    byte[] small = new byte[65536];
    byte[] large = new byte[1_000_004];
    new Random(1).nextBytes(small);
    new Random(2).nextBytes(large);
    Path directory = write(Map.of("small", small, "large", large));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    add(out, "config.json", CONFIG.getBytes(StandardCharsets.UTF_8));
    add(out, "tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    for (int block = 0; block < 16; block++) {
      // Fifteen equal steps from the first block to the last: 995,908 / 15 = 66,393.87 bytes each.
      int begin = (int) Math.floor(block * (995_908 / 15.0));
      sample.write(Arrays.copyOfRange(large, begin, begin + 4096));
    }
    add(out, "large F32 [250001]", sample.toByteArray());
    add(out, "small F32 [16384]", small);
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray())),
        Checkpoint.open(directory).fingerprint());
  }

  @Test
  void directoryAndShardsDoNotEnter() {
    String one = Checkpoint.open(new TinyCheckpoint().write(temp.resolve("a"))).fingerprint();
    String three =
        Checkpoint.open(new TinyCheckpoint().shards(3).write(temp.resolve("b"))).fingerprint();
    assertEquals(one, three);
  }

  /** A change to a directory that a fingerprint must see. */
  interface Change {
    void make(Path directory) throws IOException;
  }

  static Stream<Change> changes() {
    return Stream.of(
        directory -> Raw.edit(directory.resolve("config.json"), "silu", "gelu"),
        directory -> Raw.edit(directory.resolve("tokenizer.json"), "Ġ", "Ģ"),
        directory -> Files.delete(directory.resolve("tokenizer.json")),
        directory -> Raw.edit(directory.resolve("tokenizer_config.json"), "<s>", "</s>"),
        directory -> new TinyCheckpoint().seed(2).write(directory),
        FingerprintTest::flipLastBit);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsSeen(Change change) throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    String before = Checkpoint.open(directory).fingerprint();
    change.make(directory);
    assertNotEquals(before, Checkpoint.open(directory).fingerprint());
  }

  private static void flipLastBit(Path directory) throws IOException {
    Path file = directory.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  private Path write(Map<String, byte[]> tensors) throws IOException {
    StringBuilder header = new StringBuilder();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> tensor : new TreeMap<>(tensors).entrySet()) {
      int length = tensor.getValue().length;
      header.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
              .formatted(tensor.getKey(), length / 4, data.size(), data.size() + length));
      data.write(tensor.getValue());
    }
    String text = "{" + header.substring(1) + "}";
    text += " ".repeat((8 - text.length() % 8) % 8);
    Path file = Raw.safetensors(temp.resolve("model.safetensors"), text, 0);
    Files.write(file, data.toByteArray(), StandardOpenOption.APPEND);
    Files.writeString(temp.resolve("config.json"), CONFIG);
    Files.writeString(temp.resolve("tokenizer.json"), "{}");
    return temp;
  }

  private static void add(DataOutputStream out, String label, byte[] data) throws IOException {
    out.writeLong(label.length());
    out.writeBytes(label);
    out.writeLong(data.length);
    out.write(data);
  }
}
