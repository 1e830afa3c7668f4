package jsearch.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import jsearch.document.InputException;

/**
 * A file of the Hub that is on disk in part: its bytes so far, and their digest.
 *
 * <p>Trouble with the disk is an {@link InputException}, so that only trouble with the network is
 * an IOException where both meet.
 */
final class HubPartial implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final HubFile file;
  private final Path path;
  private final FileChannel channel;
  private MessageDigest digest;
  private long bytes;

  /** Opens what an earlier download left, or begins anew. */
  HubPartial(HubFile file, Path path) {
    this.file = file;
    this.path = path;
    this.digest = file.digest();
    try {
      Files.createDirectories(path.getParent());
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw HubCache.unwritable(path, e);
    }
    digestWhatIsThere();
  }

  private void digestWhatIsThere() {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try {
      while (channel.read(chunk.clear()) >= 0) {
        digest.update(chunk.flip());
      }
      bytes = channel.size();
    } catch (IOException e) {
      close();
      throw HubCache.unwritable(path, e);
    }
  }

  /** Bytes so far. */
  long bytes() {
    return bytes;
  }

  /** Throws away all bytes. */
  void restart() {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      throw HubCache.unwritable(path, e);
    }
    digest = file.digest();
    bytes = 0;
  }

  /** Takes all of the buffer. */
  void append(ByteBuffer buffer) {
    digest.update(buffer.duplicate());
    try {
      while (buffer.hasRemaining()) {
        bytes += channel.write(buffer);
      }
    } catch (IOException e) {
      throw HubCache.unwritable(path, e);
    }
  }

  /**
   * Verifies the whole file and renames it to this blob.
   *
   * @throws InputException when its checksum or size is another; the bytes are then deleted
   */
  void finish(Path blob) {
    try {
      if (bytes != file.size() || !file.verifies(digest)) {
        close();
        Files.delete(path);
        throw new InputException(
            """
            %s came with %,d bytes and another checksum, expected %,d bytes with checksum %s.
            Maybe the network damaged it; it is deleted, so fetch it again."""
                .formatted(file.name(), bytes, file.size(), file.etag()));
      }
      channel.force(true);
      close();
      Files.move(path, blob, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw HubCache.unwritable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What counts was forced to disk before; the rest is verified when it is read again.
    }
  }
}
