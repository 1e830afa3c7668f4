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
    try (SafetensorsWriter writer =
        new SafetensorsWriter(
            file, List.of(entry("half", DType.BF16, 1), entry("single", DType.F32, 1)))) {
      // In pieces and out of order.
      writer.write(1, 3, bytes(4));
      writer.write(0, 0, bytes(1, 2));
      writer.write(1, 0, bytes(1, 2, 3));
      assertFalse(Files.exists(file));
      writer.finish();
    }
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
  void tooFewBytesLeaveTheOldFileAndNoTemporary() throws IOException {
    Path file = Files.writeString(temp.resolve("x.safetensors"), "old");
    try (SafetensorsWriter writer =
        new SafetensorsWriter(file, List.of(entry("a", DType.F32, 2)))) {
      writer.write(0, 0, bytes(1, 2, 3));
      assertThrows(IllegalStateException.class, writer::finish);
    }
    assertEquals("old", Files.readString(file));
    assertFalse(Files.exists(temp.resolve("x.safetensors.tmp")));
  }

  @Test
  void bytesBeyondTheTensorOrWrittenTwiceAreRefused() throws IOException {
    Path file = temp.resolve("x.safetensors");
    try (SafetensorsWriter writer =
        new SafetensorsWriter(file, List.of(entry("a", DType.F16, 1)))) {
      assertThrows(IllegalStateException.class, () -> writer.write(0, 1, bytes(1, 2)));
      writer.write(0, 0, bytes(1, 2));
      assertThrows(IllegalStateException.class, () -> writer.write(0, 0, bytes(1)));
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    List<SafetensorsWriter.Entry> entries =
        List.of(entry("same", DType.F16, 1), entry("same", DType.F16, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SafetensorsWriter(temp.resolve("x.safetensors"), entries));
    assertFalse(Files.exists(temp.resolve("x.safetensors.tmp")));
  }

  private static ByteBuffer bytes(int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
    for (int value : bytes) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  private static SafetensorsWriter.Entry entry(String name, DType dtype, long size) {
    return new SafetensorsWriter.Entry(new TensorName(name), dtype, List.of(size));
  }
}
