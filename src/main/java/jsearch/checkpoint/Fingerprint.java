package jsearch.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import jsearch.document.InputException;

/**
 * The fingerprint that {@link Checkpoint#fingerprint} promises.
 *
 * <p>The digest runs over a sequence of (text label, data) pairs, each part preceded by its length
 * in bytes (8 bytes, big-endian): first the files, labelled by name, then the tensors in the order
 * of their names, labelled {@code "NAME DTYPE SHAPE"}, with their sampled bytes.
 */
final class Fingerprint {
  private static final List<String> FILES =
      List.of(
          "chat_template.jinja",
          "config.json",
          "generation_config.json",
          "special_tokens_map.json",
          "tokenizer.json",
          "tokenizer_config.json");
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 16;

  private final MessageDigest digest;

  private Fingerprint(MessageDigest digest) {
    this.digest = digest;
  }

  static String of(Checkpoint checkpoint) {
    try {
      Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
      for (String name : FILES) {
        Path file = checkpoint.directory().resolve(name);
        if (Files.exists(file)) {
          fingerprint.add(name, Files.readAllBytes(file));
        }
      }
      for (TensorInfo info : checkpoint.tensors().values()) {
        String label = "%s %s %s".formatted(info.name().text(), info.dtype(), info.shape());
        fingerprint.add(label, sample(info));
      }
      return HexFormat.of().formatHex(fingerprint.digest.digest());
    } catch (IOException e) {
      throw InputException.unreadable(checkpoint.directory(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void add(String label, byte[] data) {
    for (byte[] part : List.of(label.getBytes(StandardCharsets.UTF_8), data)) {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part.length).flip());
      digest.update(part);
    }
  }

  private static byte[] sample(TensorInfo info) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(info.file().toFile(), "r")) {
      long bytes = info.bytes();
      if (bytes <= BLOCK * BLOCKS) {
        return read(in, info.offset(), new byte[(int) bytes], 0, (int) bytes);
      }
      byte[] sample = new byte[BLOCK * BLOCKS];
      for (int i = 0; i < BLOCKS; i++) {
        long begin = (bytes - BLOCK) * i / (BLOCKS - 1);
        read(in, info.offset() + begin, sample, i * BLOCK, BLOCK);
      }
      return sample;
    }
  }

  private static byte[] read(RandomAccessFile in, long position, byte[] into, int at, int length)
      throws IOException {
    in.seek(position);
    in.readFully(into, at, length);
    return into;
  }
}
