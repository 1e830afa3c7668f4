package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could hang, fill the memory or flood the screen is told in one short message, soon. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileCheckpointTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() {
    new TinyCheckpoint().layers(1).write(directory);
  }

  private String refusal() {
    String message =
        assertThrows(InputException.class, () -> Checkpoint.open(directory)).getMessage();
    assertTrue(message.length() < 2100, message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.safetensors",
        "config.json",
        "tokenizer.json",
        "generation_config.json",
        "chat_template.jinja",
        "tokenizer.model",
        "modeling.py"
      })
  void aPipeALinkToNothingOrADirectoryIsNoFile(String name) throws Exception {
    Path file = directory.resolve(name);
    Files.deleteIfExists(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    assertEquals(file + " is not a file, expected one.", refusal());
    Files.delete(file);
    Files.createDirectory(file);
    assertEquals(file + " is not a file, expected one.", refusal());
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("gone"));
    assertEquals(file + " does not exist.", refusal());
  }

  @Test
  void anIndexOfTenThousandShards() throws IOException {
    Files.delete(directory.resolve("model.safetensors"));
    Map<String, Object> places = new LinkedHashMap<>();
    for (int i = 1; i <= 10_000; i++) {
      places.put("tensor" + i, "model-%05d-of-10000.safetensors".formatted(i));
    }
    Files.writeString(
        directory.resolve("model.safetensors.index.json"),
        Writer.json(Map.of("weight_map", places)));
    assertTrue(refusal().contains("model-00001-of-10000.safetensors does not exist"));
  }

  @Test
  void aHeaderOfAHundredMillionSpaces() throws IOException {
    byte[] header = new byte[100_000_000];
    Arrays.fill(header, (byte) ' ');
    Path file = directory.resolve("model.safetensors");
    Raw.safetensors(file, header.length, header, 0);
    assertEquals(file + " (header) is empty, expected JSON.", refusal());
    header[0] = '{';
    header[header.length - 1] = '}';
    Raw.safetensors(file, header.length, header, 0);
    assertEquals(directory + " holds no tensors, expected some.", refusal());
  }

  @Test
  void aShapeOfAMillionDimensions() throws IOException {
    String shape = "1,".repeat(1_000_000) + "3";
    String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[0,4]}}";
    Raw.safetensors(directory.resolve("model.safetensors"), header.formatted(shape), 4);
    String message = refusal();
    assertTrue(message.startsWith("Tensor x of " + directory), message);
    assertTrue(message.endsWith("1, 1, 3] of F32 needs 12."), message);
  }

  @Test
  void aNameThatIsHalfASurrogatePair() throws IOException {
    String header = "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    Raw.safetensors(directory.resolve("model.safetensors"), header, 4);
    assertTrue(refusal().contains("(header) has a tensor named"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void aMillionNestedBrackets(String bracket) throws IOException {
    String tower = bracket.repeat(1_000_000);
    Path file = directory.resolve("model.safetensors");
    byte[] header = tower.getBytes(StandardCharsets.UTF_8);
    Raw.safetensors(file, header.length, header, 0);
    assertTrue(refusal().startsWith(file + " (header) is not valid JSON: Document nesting"));
    Files.writeString(directory.resolve("config.json"), tower);
    assertTrue(refusal().startsWith(directory.resolve("config.json") + " is not valid JSON"));
  }
}
