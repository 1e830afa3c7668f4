package jsearch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import jsearch.document.Writer;

/**
 * Writes a safetensors file whose tensors come in pieces, in any order and from any thread.
 *
 * <p>The layout is safetensors' own: header length (8 bytes, little-endian), JSON header padded
 * with spaces to a multiple of 8, data without gaps. Wider formats come first, so that every tensor
 * is aligned; within a format the order given is kept.
 *
 * <p>The file is a temporary sibling until {@link #finish}; closed before, it is deleted.
 */
public final class SafetensorsWriter implements AutoCloseable {
  private final Path file;
  private final Path sibling;
  private final List<Entry> entries;
  private final long[] begins;
  private final AtomicLongArray missing;
  private final FileChannel channel;

  /** A tensor to be written. */
  public record Entry(TensorName name, DType dtype, List<Long> shape) {
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

  /**
   * Begins a file of these tensors.
   *
   * @throws IOException when the disk refuses; nothing is left then
   * @throws IllegalArgumentException when two tensors share a name
   */
  public SafetensorsWriter(Path file, List<Entry> entries) throws IOException {
    this.file = file;
    this.entries = List.copyOf(entries);
    sibling = file.resolveSibling(file.getFileName() + ".tmp");
    missing = new AtomicLongArray(entries.stream().mapToLong(Entry::bytes).toArray());
    begins = new long[entries.size()];
    int[] order =
        IntStream.range(0, begins.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -entries.get(i).dtype().bytes()))
            .mapToInt(Integer::intValue)
            .toArray();
    ByteBuffer header = header(order);
    int headerBytes = header.remaining();
    for (int i = 0; i < begins.length; i++) {
      begins[i] += headerBytes;
    }
    channel =
        FileChannel.open(
            sibling,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      write(header, 0);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** The header, and into {@code begins} where each tensor begins after it. */
  private ByteBuffer header(int[] order) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("__metadata__", Map.of("format", "pt"));
    long begin = 0;
    for (int i : order) {
      Entry entry = entries.get(i);
      long end = Math.addExact(begin, entry.bytes());
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("dtype", entry.dtype().name());
      value.put("shape", entry.shape());
      value.put("data_offsets", List.of(begin, end));
      if (json.put(entry.name().text(), value) != null) {
        throw new IllegalArgumentException("two tensors named " + entry.name().text());
      }
      begins[i] = begin;
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

  /**
   * Writes bytes of a tensor; every byte must be written exactly once.
   *
   * @param entry its position in the list given
   * @param first where they begin, counted in bytes from the start of the tensor
   * @param bytes row-major and little-endian; all that remain are written
   */
  public void write(int entry, long first, ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    long size = entries.get(entry).bytes();
    if (first < 0 || first + count > size || missing.addAndGet(entry, -count) < 0) {
      throw new IllegalStateException(
          "%s has %d bytes, but %d more were written from %d on"
              .formatted(entries.get(entry).name().text(), size, count, first));
    }
    write(bytes, begins[entry] + first);
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long next = position;
    while (bytes.hasRemaining()) {
      next += channel.write(bytes, next);
    }
  }

  /** Brings what is written so far to the disk; another thread may write on meanwhile. */
  void force() throws IOException {
    channel.force(false);
  }

  /**
   * Forces the whole file to disk, then renames it into place.
   *
   * @throws IOException when the disk refuses; the file that stood there is then untouched
   * @throws IllegalStateException when bytes of a tensor were not written
   */
  public void finish() throws IOException {
    for (int i = 0; i < begins.length; i++) {
      if (missing.get(i) != 0) {
        throw new IllegalStateException(
            "%s lacks %d bytes".formatted(entries.get(i).name().text(), missing.get(i)));
      }
    }
    channel.force(true);
    channel.close();
    Files.move(sibling, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes the file unless it is finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(sibling);
  }
}
