package jsearch.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Wraps TorchScript source text in the archive format that libtorch loads.
 *
 * <p>The archive is a stored zip with the source, an empty constants tuple, and a pickle of one
 * object of the class {@value #CLASS} (PyTorch, {@code torch/csrc/jit/docs/serialization.md}).
 */
final class Archive {
  /** The class that every source file of ours declares. */
  static final String CLASS = "Program";

  private static final byte[] PICKLED_EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  /** The earliest time that a zip can name: the same source makes the same bytes at any time. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Archive() {}

  /** The bytes of an archive around this source, which must declare the class {@value #CLASS}. */
  static byte[] of(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "program/data.pkl", pickledInstance());
      store(zip, "program/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "program/constants.pkl", PICKLED_EMPTY_TUPLE);
      store(zip, "program/version", "10\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Pickle, protocol 2, of {@code Program.__new__()} with the state {@code {"training": False}}.
   */
  private static byte[] pickledInstance() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.writeBytes(("c__torch__\n" + CLASS + "\n").getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', 'X'});
    byte[] key = "training".getBytes(StandardCharsets.US_ASCII);
    pickle.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(key.length).array());
    pickle.writeBytes(key);
    pickle.writeBytes(new byte[] {(byte) 0x89, 's', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
