package jsearch.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * The bytes of an archive around this source, which must declare the class {@value #CLASS}.
   *
   * @param attributes the object's attributes by name, all that the class declares save {@code
   *     training}; values as {@link Pickle} takes them
   */
  static byte[] of(String source, Map<String, Object> attributes) {
    Map<String, Object> state = new TreeMap<>(attributes);
    state.put("training", false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(zip, "program/data.pkl", Pickle.object(CLASS, state));
      store(zip, "program/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "program/constants.pkl", PICKLED_EMPTY_TUPLE);
      store(zip, "program/version", "10\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
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
