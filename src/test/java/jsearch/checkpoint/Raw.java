package jsearch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that no honest writer would make. */
final class Raw {
  private Raw() {}

  /** A safetensors file with this header, true or not, and data of zeros. */
  static Path safetensors(Path file, String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return safetensors(file, text.length, text, dataBytes);
  }

  /** A safetensors file that claims a header of {@code length} bytes. */
  static Path safetensors(Path file, long length, byte[] header, int dataBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataBytes);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(header);
    return Files.write(file, bytes.array());
  }

  /** Replaces part of a text file, which must hold it. */
  static void edit(Path file, String part, String replacement) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(part)) {
      throw new IllegalArgumentException(file + " holds no " + part);
    }
    Files.writeString(file, text.replace(part, replacement));
  }
}
