package jsearch.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.InputException;

/**
 * Reads the parents' weights by their position in the files, from any thread.
 *
 * <p>Not mapped: a mapped file that is cut short while it is read ends the JVM.
 */
final class SourceReader implements AutoCloseable {
  private final Map<Path, FileChannel> channels = new ConcurrentHashMap<>();

  /**
   * Fills the buffer with a tensor's bytes.
   *
   * @param first where they begin, counted in bytes from the start of the tensor
   * @throws InputException when the file is not readable or ends before
   */
  void read(TensorInfo tensor, long first, ByteBuffer into) {
    Path file = tensor.file();
    FileChannel channel = channels.computeIfAbsent(file, SourceReader::open);
    long position = tensor.offset() + first;
    try {
      while (into.hasRemaining()) {
        int count = channel.read(into, position);
        if (count < 0) {
          throw new InputException(
              "%s ends at byte %d, expected %d more of tensor %s: it changed while it was merged."
                  .formatted(file, channel.size(), into.remaining(), tensor.name().text()));
        }
        position += count;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, IOException e) {
    return InputException.unreadable(file, e);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels.values()) {
      channel.close();
    }
  }
}
