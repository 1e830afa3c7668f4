package jsearch.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of lines that only grows, forced to disk at each append.
 *
 * <p>What a crash or a full disk leaves of a line is cut off: by {@link #append} when the disk
 * refuses, else by whoever reads next and finds that the last line is torn. Knows lines, not what
 * they say.
 */
final class AppendFile implements Closeable {
  private final Path file;
  private final FileChannel channel;

  /** Bytes read, and found to be whole lines. */
  private long position;

  private int lines;

  /** A line with its number, counted from 1, and the byte that it starts at. */
  record Line(int number, long start, String text) {}

  private AppendFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens the file, made empty where there is none. */
  static AppendFile open(Path file) throws IOException {
    return new AppendFile(
        file,
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /**
   * Appends this text, whole lines, after what has been read.
   *
   * @throws IOException when the disk refuses; the file is then as it was
   */
  void append(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try {
      channel.position(position);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
  }

  private void cutBack(IOException refused) {
    try {
      channel.truncate(position);
    } catch (IOException e) {
      refused.addSuppressed(e); // the next reader cuts it
    }
  }

  /** The lines not read before; a rest without a line end is the beginning of a torn one. */
  List<Line> read() throws IOException {
    byte[] bytes = unread();
    List<Line> found = lines(bytes, position, lines);
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    lines += found.size();
    position += whole;
    if (whole < bytes.length) {
      channel.truncate(position);
    }
    return found;
  }

  /** The whole lines of a file as it is now, none where there is none; others may be writing. */
  static List<Line> view(Path file) throws IOException {
    return Files.exists(file) ? lines(Files.readAllBytes(file), 0, 0) : List.of();
  }

  private static List<Line> lines(byte[] bytes, long position, int before) {
    List<Line> found = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        found.add(new Line(before + found.size() + 1, position + start, text));
        start = i + 1;
      }
    }
    return found;
  }

  /** Cuts off a line read last, which means nothing. */
  void drop(Line last) throws IOException {
    if (last.number() != lines) {
      throw new IllegalArgumentException("line %d is not the last".formatted(last.number()));
    }
    lines--;
    position = last.start();
    channel.truncate(position);
  }

  private byte[] unread() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new StudyException("%s became shorter while it was read.".formatted(file));
      }
    }
    return bytes.array();
  }

  Path path() {
    return file;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
