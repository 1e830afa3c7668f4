package jsearch.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value inside a JSON or YAML file, which knows where it stands so that errors can say so.
 *
 * <p>Every reader method throws an {@link InputException} that names the source, the path inside
 * it, the value found and the value expected. Duplicate keys and trailing content are errors.
 */
public final class Document {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int SHOWN = 60;

  private final String source;
  private final String path;
  private final JsonNode node;

  Document(String source, String path, JsonNode node) {
    this.source = source;
    this.path = path;
    this.node = node;
  }

  /** Reads a JSON file. */
  public static Document json(Path file) {
    return json(file.toString(), readText(file));
  }

  /**
   * Reads a JSON file without one value, which costs neither memory nor much time.
   *
   * @param without the keys that lead to it
   */
  public static Document json(Path file, List<String> without) {
    String text = readText(file);
    try (JsonParser parser = JSON.createParser(text)) {
      return read(new Skipping(without).over(parser), file.toString());
    } catch (IOException e) {
      throw malformed("JSON", file.toString(), e);
    }
  }

  /** Reads JSON text; {@code source} names it in errors. */
  public static Document json(String source, String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return read(parser, source);
    } catch (IOException e) {
      throw malformed("JSON", source, e);
    }
  }

  /** Reads a YAML file. */
  public static Document yaml(Path file) {
    return yaml(file.toString(), readText(file));
  }

  /** Reads YAML text; {@code source} names it in errors. */
  public static Document yaml(String source, String text) {
    try {
      return new Document(source, "", present(YamlReader.read(source, text), "YAML", source));
    } catch (IOException e) {
      throw malformed("YAML", source, e);
    }
  }

  /** Reads a file of JSON lines; blank lines are skipped, each source names its line. */
  public static List<Document> jsonLines(Path file) {
    List<String> lines = readText(file).lines().toList();
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        documents.add(jsonLine(file, i + 1, lines.get(i)));
      }
    }
    return documents;
  }

  /** Reads a CSV file with a header; each source names its row, see {@link Csv}. */
  public static List<Document> csv(Path file, char separator) {
    return new Csv(file, separator).rows();
  }

  /** Reads a Parquet file; each source names its row, see {@link Parquet}. */
  public static List<Document> parquet(Path file) {
    return new Parquet(file).rows();
  }

  private static Document jsonLine(Path file, int number, String line) {
    String source = "%s, line %d".formatted(file, number);
    try {
      return new Document(source, "", JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new InputException("%s is not valid JSON: %s".formatted(source, firstLine(e)), e);
    }
  }

  /** The whole text of a UTF-8 file, with a missing or badly encoded file told to the user. */
  public static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new InputException("%s does not exist.%s".formatted(file, Neighbours.hint(file)), e);
    } catch (CharacterCodingException e) {
      throw new InputException("%s is not UTF-8 text.".formatted(file), e);
    } catch (IOException e) {
      throw InputException.unreadable(file, e);
    }
  }

  private static Document read(JsonParser parser, String source) throws IOException {
    return new Document(source, "", present(JSON.readTree(parser), "JSON", source));
  }

  private static JsonNode present(JsonNode node, String format, String source) {
    if (node == null || node instanceof MissingNode) {
      throw new InputException("%s is empty, expected %s.".formatted(source, format));
    }
    return node;
  }

  private static InputException malformed(String format, String source, IOException e) {
    if (!(e instanceof JsonProcessingException syntax)) {
      return InputException.unreadable(source, e);
    }
    JsonLocation at = syntax.getLocation();
    String place = at == null ? "" : ", line %d".formatted(at.getLineNr());
    return new InputException(
        "%s%s is not valid %s: %s".formatted(source, place, format, firstLine(syntax)), e);
  }

  static String firstLine(JsonProcessingException e) {
    if (e instanceof MismatchedInputException) { // of text whose every value is read
      return "trailing text follows its end";
    }
    return Reason.withoutClasses(e.getOriginalMessage().lines().findFirst().orElse(null));
  }

  /** The value of a key that must be there. */
  public Document at(String key) {
    return find(key)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: %s is missing; found %s."
                        .formatted(source, child(key), mapKeys().isEmpty() ? "{}" : mapKeys())));
  }

  /** The value of a key, empty when it is absent or null. */
  public Optional<Document> find(String key) {
    if (!node.isObject()) {
      throw expected("a mapping");
    }
    JsonNode value = node.get(key);
    return value == null || value.isNull()
        ? Optional.empty()
        : Optional.of(new Document(source, child(key), value));
  }

  /** Refuses keys other than these, by name. */
  public Document allow(Set<String> keys) {
    for (String key : mapKeys()) {
      if (!keys.contains(key)) {
        throw new InputException(
            "%s: %s is not supported here, expected one of %s.%s"
                .formatted(source, child(key), new TreeSet<>(keys), Nearest.hint(key, keys)));
      }
    }
    return this;
  }

  /** The entries of a mapping, in the file's order. */
  public Map<String, Document> entries() {
    Map<String, Document> entries = new LinkedHashMap<>();
    for (String key : mapKeys()) {
      entries.put(key, new Document(source, child(key), node.get(key)));
    }
    return entries;
  }

  /** The elements of a list. */
  public List<Document> items() {
    if (!node.isArray()) {
      throw expected("a list");
    }
    List<Document> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new Document(source, path + "[" + i + "]", node.get(i)));
    }
    return items;
  }

  /** A string. */
  public String text() {
    if (!node.isTextual()) {
      throw expected("a string");
    }
    return node.textValue();
  }

  /** A finite number. */
  public double number() {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw expected("a number");
    }
    return node.doubleValue();
  }

  /** A whole number in these bounds, both inclusive. */
  public int integer(int min, int max) {
    return (int) whole(min, max);
  }

  /** A whole number in these bounds, both inclusive. */
  public long whole(long min, long max) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw expected("a whole number");
    }
    long value = node.longValue();
    if (value < min || value > max) {
      throw expected(
          max == Integer.MAX_VALUE || max == Long.MAX_VALUE
              ? "a whole number of at least " + min
              : "a whole number from %d to %d".formatted(min, max));
    }
    return value;
  }

  /** A truth value. */
  public boolean bool() {
    if (!node.isBoolean()) {
      throw expected("true or false");
    }
    return node.booleanValue();
  }

  public boolean isText() {
    return node.isTextual();
  }

  public boolean isNumber() {
    return node.isNumber();
  }

  public boolean isBool() {
    return node.isBoolean();
  }

  public boolean isList() {
    return node.isArray();
  }

  public boolean isMap() {
    return node.isObject();
  }

  /** The plain Java value: String, Long, Double, Boolean, List, Map or null. */
  public Object value() {
    return plain(node);
  }

  /** The error of a value that is not what was expected: names source, path and value found. */
  public InputException expected(String what) {
    return new InputException("%s is %s, expected %s.".formatted(place(), found(), what));
  }

  /** The value with its path inside the source, for a warning; a long one is cut. */
  public String shown() {
    return "%s = %s".formatted(path, found());
  }

  private String found() {
    String shown = node.toString();
    return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...";
  }

  /** The keys that lead to it inside the source, with dots between them. */
  public String path() {
    return path;
  }

  /** Where this value stands, for error messages: the source and the path inside it. */
  public String place() {
    return path.isEmpty() ? source : "%s: %s".formatted(source, path);
  }

  /** The file or other source that this value was read from. */
  public String source() {
    return source;
  }

  private Set<String> mapKeys() {
    if (!node.isObject()) {
      throw expected("a mapping");
    }
    Set<String> keys = new LinkedHashSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(plain(element)));
      return list;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNull() ? null : node.asText();
  }
}
