package jsearch.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
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
final class Journal implements Closeable {
  /** The file's name in the study's directory. */
  static final String NAME = "journal.log";

  private final AppendFile file;
  private final Duration grace;

  /** Events read and not handed out, as what came after them failed. */
  private final List<Document> waiting = new ArrayList<>();

  private Journal(AppendFile file, Duration grace) {
    this.file = file;
    this.grace = grace;
  }

  /**
   * Opens the journal, made empty where there is none.
   *
   * @param grace how long another's unchanged lock file is respected
   */
  static Journal open(Path file, Duration grace) throws IOException {
    return new Journal(AppendFile.open(file), grace);
  }

  /**
   * Appends these events, in one write.
   *
   * @return every event not read before, in the file's order: others' first, then these
   * @throws IOException when the disk refuses; the journal then has none of them
   */
  List<Document> append(List<Map<String, Object>> events) throws IOException {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(Writer.jsonLine(event)).append('\n'));
    AppendLock lock = AppendLock.acquire(file.path(), grace);
    try {
      waiting.addAll(readNew());
      file.append(text.toString());
      waiting.addAll(readNew());
      List<Document> added = List.copyOf(waiting);
      waiting.clear();
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
    AppendLock lock = AppendLock.acquire(file.path(), grace);
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
    return events(file, AppendFile.view(file));
  }

  private List<Document> readNew() throws IOException {
    List<AppendFile.Line> lines = file.read();
    List<Document> events = events(file.path(), lines);
    if (events.size() < lines.size()) {
      file.drop(lines.get(lines.size() - 1));
    }
    return events;
  }

  /** One event a line; none for a last line that is torn. */
  private static List<Document> events(Path file, List<AppendFile.Line> lines) {
    List<Document> events = new ArrayList<>();
    for (AppendFile.Line line : lines) {
      try {
        events.add(Document.json("%s, line %d".formatted(file, line.number()), line.text()));
      } catch (InputException e) {
        if (line != lines.get(lines.size() - 1)) {
          throw damaged(file, line, e);
        }
      }
    }
    return events;
  }

  private static StudyException damaged(Path file, AppendFile.Line line, InputException cause) {
    String text = line.text();
    String found = text.length() <= 60 ? text : text.substring(0, 60) + "...";
    return new StudyException(
        """
        Line %d of %s is "%s", expected a JSON object.
        Maybe it was edited; put back the line from a copy, or cut the file before it: the \
        trials after that are then run again."""
            .formatted(line.number(), file, found),
        cause);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
