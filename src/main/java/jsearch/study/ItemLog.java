package jsearch.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;

/**
 * The score of every item of every scored trial: an append-only file, one line a trial.
 *
 * <p>A line is the CRC-32C (Castagnoli) of the rest in eight hexadecimal digits, a space, and JSON:
 * {@code {"trial":3,"items":{"TASK":[1,0,0.5]}}}, the items in the task's order. It is on disk
 * before the journal says that the trial is finished. No search depends on it.
 */
final class ItemLog implements Closeable {
  /** The file's name in the study's directory. */
  static final String NAME = "items.log";

  private static final int CHECKSUM_DIGITS = 8;

  /** Whole numbers to this size are written without a fraction. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private final AppendFile file;

  private ItemLog(AppendFile file) {
    this.file = file;
  }

  /**
   * Opens the file, made empty where there is none; last lines that mean nothing are cut off.
   *
   * @param finished whether the journal has finished the trial of this number
   * @throws StudyException naming a line that is damaged
   */
  static ItemLog open(Path path, IntPredicate finished) throws IOException {
    AppendFile file = AppendFile.open(path);
    try {
      List<AppendFile.Line> lines = file.read();
      int kept = lines.size();
      while (kept > 0 && !counts(path, lines.get(kept - 1), kept == lines.size(), finished)) {
        file.drop(lines.get(--kept));
      }
      lines.subList(0, kept).forEach(line -> trial(path, line));
      return new ItemLog(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Whether a line is whole, and of a finished trial: a crash may come between the two files. */
  private static boolean counts(
      Path path, AppendFile.Line line, boolean last, IntPredicate finished) {
    return !(last && !isWhole(line)) && finished.test(trial(path, line));
  }

  /** Appends a trial's scores; they are on disk when this returns. */
  void append(int trial, Map<String, List<Double>> items) throws IOException {
    Map<String, Object> compact = new LinkedHashMap<>();
    items.forEach(
        (task, scores) -> compact.put(task, scores.stream().map(ItemLog::plain).toList()));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("trial", trial);
    line.put("items", compact);
    String json = Writer.jsonLine(line);
    file.append(checksum(json) + " " + json + "\n");
    file.read();
  }

  /**
   * Every trial's scores by its number, then task; nothing is repaired, others may be writing.
   *
   * @throws StudyException naming a line that is damaged, but for a torn last one
   */
  static Map<Integer, Map<String, List<Double>>> read(Path path) throws IOException {
    Map<Integer, Map<String, List<Double>>> trials = new LinkedHashMap<>();
    List<AppendFile.Line> lines = AppendFile.view(path);
    for (AppendFile.Line line : lines) {
      if (isWhole(line) || line.number() < lines.size()) {
        trials.put(trial(path, line), items(content(path, line)));
      }
    }
    return trials;
  }

  private static Map<String, List<Double>> items(Document content) {
    Map<String, List<Double>> items = new LinkedHashMap<>();
    content
        .at("items")
        .entries()
        .forEach(
            (task, scores) ->
                items.put(task, scores.items().stream().map(Document::number).toList()));
    return items;
  }

  private static Object plain(double score) {
    boolean whole = score == Math.rint(score) && Math.abs(score) <= LARGEST_WHOLE;
    return whole ? (Object) (long) score : (Object) score;
  }

  private static int trial(Path path, AppendFile.Line line) {
    return content(path, line).at("trial").integer(0, Integer.MAX_VALUE);
  }

  private static Document content(Path path, AppendFile.Line line) {
    if (!isWhole(line)) {
      throw damaged(path, line, "expected the checksum of the rest of the line first", null);
    }
    try {
      return Document.json(
          "%s, line %d".formatted(path, line.number()), line.text().substring(CHECKSUM_DIGITS + 1));
    } catch (InputException e) {
      throw damaged(path, line, "expected a JSON object after the checksum", e);
    }
  }

  private static boolean isWhole(AppendFile.Line line) {
    String text = line.text();
    return text.length() > CHECKSUM_DIGITS
        && text.startsWith(checksum(text.substring(CHECKSUM_DIGITS + 1)) + " ");
  }

  private static String checksum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  private static StudyException damaged(
      Path path, AppendFile.Line line, String expected, InputException cause) {
    String text = line.text();
    return new StudyException(
        """
        Line %d of %s begins "%s", %s.
        Maybe it was edited, or the disk is damaged; put the line back from a copy or delete it: \
        only the single items of that trial are lost then."""
            .formatted(
                line.number(), path, text.substring(0, Math.min(40, text.length())), expected),
        cause);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
