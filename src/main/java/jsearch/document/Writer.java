package jsearch.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    try {
      return JSON.writer(printer).writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not expressible as JSON: " + value, e);
    }
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
   * Writes a whole UTF-8 file: to a temporary sibling, forced to disk, then renamed into place.
   *
   * @throws IOException when the disk refuses; the file that stood there is then untouched
   */
  public static void replace(Path file, String text) throws IOException {
    Path sibling = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(sibling, text);
      try (FileChannel channel = FileChannel.open(sibling, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(sibling, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(sibling);
    }
  }
}
