package jsearch.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes maps, lists, records and scalars as JSON or YAML text, and text as whole files.
 *
 * <p>Doubles are written in their shortest form that reads back to the same bits.
 */
public final class Writer {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new Quoting()).build())
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private static final Separators PLAIN =
      PrettyPrinter.DEFAULT_SEPARATORS.withObjectFieldValueSpacing(Separators.Spacing.AFTER);

  private Writer() {}

  /** Quotes texts that some reader of YAML would take for a number or a date, such as 1e5. */
  private static final class Quoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;
    private static final Pattern NUMERIC =
        Pattern.compile("[-+]?[.]?[0-9][0-9a-fA-FxXoTZ_.:+ -]*|[-+]?[.](?i:inf|nan)");

    @Override
    public boolean needToQuoteName(String name) {
      return super.needToQuoteName(name) || NUMERIC.matcher(name).matches();
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return super.needToQuoteValue(value) || NUMERIC.matcher(value).matches();
    }
  }

  /** One line of JSON, without the line end. */
  public static String jsonLine(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not expressible as JSON: " + value, e);
    }
  }

  /** JSON for people: two spaces an indent, one array element a line, a final line end. */
  public static String json(Object value) {
    return pretty(value, PrettyPrinter.DEFAULT_SEPARATORS) + "\n";
  }

  private static String pretty(Object value, Separators separators) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    try {
      return JSON.writer(printer).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not expressible as JSON: " + value, e);
    }
  }

  /**
   * JSON text with the value of one top-level key replaced, every other character as it was.
   *
   * <p>The new value is indented as Python's and Rust's writers do by two spaces.
   *
   * @param source names the text in errors
   * @throws InputException when the text is no mapping that has the key
   */
  public static String withValue(String source, String text, String key, Object value) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(key);
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (wanted) {
          parser.finishToken();
          int end = (int) parser.currentLocation().getCharOffset();
          String indented = pretty(value, PLAIN).replace("\n", "\n  ");
          return text.substring(0, start) + indented + text.substring(end);
        }
      }
    } catch (IOException e) {
      throw new InputException("%s is not valid JSON: %s.".formatted(source, Reason.of(e)), e);
    }
    throw new InputException("%s: %s is missing.".formatted(source, key));
  }

  /** YAML in block style, with a final line end. */
  public static String yaml(Object value) {
    try {
      return YAML.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not expressible as YAML: " + value, e);
    }
  }

  /**
   * CSV with a header, comma-separated; texts are quoted where they must be, nulls are empty.
   *
   * @param rows one value a column: strings, numbers, null
   */
  public static String csv(List<String> header, List<List<Object>> rows) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
    header.forEach(schema::addColumn);
    StringWriter text = new StringWriter();
    try (SequenceWriter lines = CSV.writer(schema.build()).writeValues(text)) {
      // The header by itself, as jackson writes it with the first row only.
      if (rows.isEmpty()) {
        return String.join(",", header) + "\n";
      }
      for (List<Object> row : rows) {
        if (row.size() != header.size()) {
          throw new IllegalArgumentException("%s for the columns %s".formatted(row, header));
        }
        lines.write(row);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not expressible as CSV: " + header, e);
    }
    return text.toString();
  }

  /**
   * Writes a whole UTF-8 file: to a temporary sibling, forced to disk, then renamed into place.
   *
   * @throws IOException when the disk refuses; the file that stood there is then untouched
   * @throws InputException when the text has half a surrogate pair, as JSON's escapes can make
   */
  public static void replace(Path file, String text) throws IOException {
    Path sibling = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      writeText(sibling, file, text);
      try (FileChannel channel = FileChannel.open(sibling, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(sibling, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(sibling);
    }
  }

  private static void writeText(Path sibling, Path file, String text) throws IOException {
    try {
      Files.writeString(sibling, text);
    } catch (CharacterCodingException e) {
      throw new InputException(
          "%s cannot be written: its text, from a parent or the recipe, is no Unicode (half a"
                  .formatted(file)
              + " surrogate pair).",
          e);
    }
  }
}
