package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path temp;

  @Test
  void aFileIsHeaderLengthPaddedHeaderAndDataWithWideFormatsFirst() throws IOException {
    Path file = temp.resolve("x.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(entry("half", DType.BF16, 1, 1, 2), entry("single", DType.F32, 1, 1, 2, 3, 4)));
    String json =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"single\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"half\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[4,6]}}";
    int padded = (json.length() + 7) / 8 * 8;
    ByteBuffer expected = ByteBuffer.allocate(8 + padded + 6);
    expected.put((byte) padded).position(8);
    expected.put((json + " ".repeat(padded - json.length())).getBytes(StandardCharsets.UTF_8));
    expected.put(new byte[] {1, 2, 3, 4, 1, 2});
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
  }

  @Test
  void aContentOfTheWrongSizeLeavesTheOldFileAndNoTemporary() throws IOException {
    Path file = Files.writeString(temp.resolve("x.safetensors"), "old");
    assertThrows(
        IllegalStateException.class,
        () -> SafetensorsWriter.write(file, List.of(entry("short", DType.F32, 2, 1, 2, 3))));
    assertEquals("old", Files.readString(file));
    assertFalse(Files.exists(temp.resolve("x.safetensors.tmp")));
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    List<SafetensorsWriter.Entry> entries =
        List.of(entry("same", DType.F16, 1, 1, 2), entry("same", DType.F16, 1, 1, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> SafetensorsWriter.write(temp.resolve("x.safetensors"), entries));
  }

  private static SafetensorsWriter.Entry entry(String name, DType dtype, long size, int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return new SafetensorsWriter.Entry(
        new TensorName(name), dtype, List.of(size), out -> out.write(ByteBuffer.wrap(content)));
  }
}
