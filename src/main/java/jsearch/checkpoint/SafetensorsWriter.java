package jsearch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.document.Writer;

/**
 * Writes a safetensors file, one tensor after the other, without holding them all in memory.
 *
 * <p>The layout is safetensors' own: header length (8 bytes, little-endian), JSON header padded
 * with spaces to a multiple of 8, data without gaps. Wider formats come first, so that every tensor
 * is aligned; within a format the order given is kept.
 */
public final class SafetensorsWriter {
  /** A way to write a tensor's bytes, row-major and little-endian. */
  @FunctionalInterface
  public interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** A tensor to be written; {@code content} must write exactly what dtype and shape ask for. */
  public record Entry(TensorName name, DType dtype, List<Long> shape, Content content) {
    public Entry {
      shape = List.copyOf(shape);
      if (shape.stream().anyMatch(dimension -> dimension < 0)) {
        throw new IllegalArgumentException("negative dimension in " + shape);
      }
    }

    /** Number of bytes. */
    public long bytes() {
      return shape.stream().reduce((long) dtype.bytes(), Math::multiplyExact);
    }
  }

  private SafetensorsWriter() {}

  /**
   * Writes the whole file: to a temporary sibling, forced to disk, then renamed into place.
   *
   * @throws IOException when the disk refuses; the file that stood there is then untouched
   * @throws IllegalArgumentException when two tensors share a name
   * @throws IllegalStateException when a content writes more or fewer bytes than its tensor has
   */
  public static void write(Path file, List<Entry> entries) throws IOException {
    List<Entry> ordered =
        entries.stream()
            .sorted(Comparator.comparingInt((Entry e) -> e.dtype().bytes()).reversed())
            .toList();
    ByteBuffer header = header(ordered);
    Path sibling = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              sibling,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (header.hasRemaining()) {
          channel.write(header);
        }
        for (Entry entry : ordered) {
          writeContent(entry, channel);
        }
        channel.force(true);
      }
      Files.move(sibling, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(sibling);
    }
  }

  private static ByteBuffer header(List<Entry> entries) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("__metadata__", Map.of("format", "pt"));
    long begin = 0;
    for (Entry entry : entries) {
      long end = Math.addExact(begin, entry.bytes());
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("dtype", entry.dtype().name());
      value.put("shape", entry.shape());
      value.put("data_offsets", List.of(begin, end));
      if (json.put(entry.name().text(), value) != null) {
        throw new IllegalArgumentException("two tensors named " + entry.name().text());
      }
      begin = end;
    }
    byte[] text = Writer.jsonLine(json).getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(text);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static void writeContent(Entry entry, FileChannel channel) throws IOException {
    long begin = channel.position();
    entry.content().writeTo(channel);
    long written = channel.position() - begin;
    if (written != entry.bytes()) {
      throw new IllegalStateException(
          "%s has %d bytes, but %d were written"
              .formatted(entry.name().text(), entry.bytes(), written));
    }
  }
}
