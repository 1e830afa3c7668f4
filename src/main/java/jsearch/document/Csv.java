package jsearch.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Rows of a CSV file, typed as pandas and Hugging Face's datasets type them.
 *
 * <p>A column of whole numbers, numbers or truth values is read as such, any other as text. Empty
 * cells and words such as {@code NA} are null, and make whole numbers floating point.
 */
final class Csv {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();
  private static final Set<String> NULL =
      Set.of(
          (",#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,"
                  + "n/a,nan,null")
              .split(","));
  private static final Set<String> TRUE = Set.of("True", "TRUE", "true");
  private static final Set<String> FALSE = Set.of("False", "FALSE", "false");
  private static final Pattern WHOLE = Pattern.compile("\\s*[-+]?\\d{1,18}\\s*");
  private static final Pattern NUMBER =
      Pattern.compile("\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*");

  private final Path file;
  private final char separator;

  Csv(Path file, char separator) {
    this.file = file;
    this.separator = separator;
  }

  /** One mapping a row; row 1 is the first below the header. */
  List<Document> rows() {
    List<List<String>> lines = lines();
    if (lines.isEmpty()) {
      throw new InputException("%s is empty, expected CSV with a header.".formatted(file));
    }
    List<String> names = lines.get(0);
    if (new HashSet<>(names).size() < names.size()) {
      throw new InputException(
          "%s has the columns %s, expected each name once.".formatted(file, names));
    }
    List<List<String>> cells = lines.subList(1, lines.size());
    List<Function<String, JsonNode>> types = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      types.add(type(cells, c));
    }
    List<Document> rows = new ArrayList<>();
    for (List<String> row : cells) {
      rows.add(row("%s, row %d".formatted(file, rows.size() + 1), names, types, row));
    }
    return rows;
  }

  private List<List<String>> lines() {
    String text = Document.readText(file);
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    try (var values =
        MAPPER.readerForListOf(String.class).with(schema).<List<String>>readValues(content)) {
      return values.readAll();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new InputException(
          "%s, line %d is not valid CSV: %s".formatted(file, line, Document.firstLine(e)), e);
    } catch (IOException e) {
      throw InputException.unreadable(file, e);
    }
  }

  private static Document row(
      String source, List<String> names, List<Function<String, JsonNode>> types, List<String> row) {
    if (row.size() > names.size()) {
      throw new InputException(
          "%s has %d cells, expected at most the header's %d."
              .formatted(source, row.size(), names.size()));
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int c = 0; c < names.size(); c++) {
      String cell = cell(row, c);
      node.set(names.get(c), NULL.contains(cell) ? NullNode.instance : types.get(c).apply(cell));
    }
    return new Document(source, "", node);
  }

  private static String cell(List<String> row, int c) {
    return c < row.size() && row.get(c) != null ? row.get(c) : "";
  }

  private static Function<String, JsonNode> type(List<List<String>> rows, int c) {
    List<String> cells = rows.stream().map(row -> cell(row, c)).toList();
    List<String> present = cells.stream().filter(cell -> !NULL.contains(cell)).toList();
    if (present.isEmpty()) {
      return TextNode::valueOf;
    }
    if (present.stream().allMatch(cell -> TRUE.contains(cell) || FALSE.contains(cell))) {
      return cell -> BooleanNode.valueOf(TRUE.contains(cell));
    }
    boolean whole = present.stream().allMatch(cell -> WHOLE.matcher(cell).matches());
    if (whole && present.size() == cells.size()) {
      return cell -> LongNode.valueOf(Long.parseLong(cell.strip()));
    }
    if (whole || present.stream().allMatch(cell -> NUMBER.matcher(cell).matches())) {
      return cell -> DoubleNode.valueOf(Double.parseDouble(cell.strip()));
    }
    return TextNode::valueOf;
  }
}
