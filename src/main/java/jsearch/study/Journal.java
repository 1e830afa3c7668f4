package jsearch.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;

/**
 * An append-only file of events, one JSON object a line, forced to disk at each append.
 *
 * <p>What counts is what the file says: an event is acted on when it has been read back, whoever
 * wrote it. Whoever opens a journal holds the {@link StudyLock}. Knows lines, not their meaning.
 */
final class Journal {
  /** The file's name in the study's directory. */
  static final String NAME = "journal.log";

  private final Path file;
  private final Duration grace;
  private final FileChannel channel;
  private long position;
  private int lines;

  private Journal(Path file, Duration grace, FileChannel channel) {
    this.file = file;
    this.grace = grace;
    this.channel = channel;
  }

  /**
   * Opens the journal, made empty where there is none.
   *
   * @param grace how long another's unchanged lock file is respected
   */
  static Journal open(Path file, Duration grace) throws IOException {
    return new Journal(
        file,
        grace,
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /**
   * Appends these events, in one write.
   *
   * @return every event not read before, in the file's order: others' first, then these
   */
  List<Document> append(List<Map<String, Object>> events) throws IOException {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(Writer.jsonLine(event)).append('\n'));
    AppendLock lock = AppendLock.acquire(file, grace);
    try {
      List<Document> added = new ArrayList<>(readNew());
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      channel.position(position);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      added.addAll(readNew());
      return added;
    } finally {
      lock.release();
    }
  }

  /**
   * The events not read before; a last line that was torn while being written is cut off.
   *
   * @throws StudyException naming any other line that is not a JSON object
   */
  List<Document> read() throws IOException {
    AppendLock lock = AppendLock.acquire(file, grace);
    try {
      return readNew();
    } finally {
      lock.release();
    }
  }

  /**
   * The events of a journal as it is now, without a lock: another process may append to it.
   *
   * @return empty where there is no journal; a torn last line is passed over, not repaired
   * @throws StudyException naming any other line that is not a JSON object
   */
  static List<Document> view(Path file) throws IOException {
    return Files.exists(file) ? Lines.of(Files.readAllBytes(file), file, 0).events() : List.of();
  }

  private List<Document> readNew() throws IOException {
    byte[] bytes = unread();
    Lines added = Lines.of(bytes, file, lines);
    lines += added.events().size();
    position += added.length();
    if (added.length() < bytes.length) {
      channel.truncate(position);
    }
    return added.events();
  }

  /**
   * The whole lines at the beginning of some bytes.
   *
   * @param events one a line
   * @param length of the lines in bytes; what follows is one torn line
   */
  private record Lines(List<Document> events, int length) {
    /** Reads bytes that stand after this many lines of the file. */
    static Lines of(byte[] bytes, Path file, int before) {
      List<Document> events = new ArrayList<>();
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
          int number = before + events.size() + 1;
          boolean last = i == bytes.length - 1;
          try {
            events.add(Document.json("%s, line %d".formatted(file, number), line));
          } catch (InputException e) {
            if (!last) {
              throw damaged(file, number, line, e);
            }
            break;
          }
          start = i + 1;
        }
      }
      return new Lines(events, start);
    }

    private static StudyException damaged(
        Path file, int number, String line, InputException cause) {
      String found = line.length() <= 60 ? line : line.substring(0, 60) + "...";
      return new StudyException(
          """
          Line %d of %s is "%s", expected a JSON object.
          Maybe it was edited; put back the line from a copy, or cut the file before it: the \
          trials after that are then run again."""
              .formatted(number, file, found),
          cause);
    }
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

  void close() throws IOException {
    channel.close();
  }
}
