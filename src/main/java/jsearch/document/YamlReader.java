package jsearch.document;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one YAML document with its anchors, aliases and merge keys ({@code <<}).
 *
 * <p>Jackson alone reads an alias as its anchor's name, and a merge key as any other.
 */
final class YamlReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(new YamlTokens.Factory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final ObjectReader SCALARS = YAML.reader();
  private static final String MERGE = "<<";

  /** A few lines of aliases to aliases would fill any memory; no file that people write does. */
  private static final int MOST_VALUES = 100_000;

  private static final int MOST_DEPTH = 200;

  private final String source;
  private final YamlTokens parser;
  private final Map<String, JsonNode> anchors = new HashMap<>();
  private int aliased;

  private YamlReader(String source, YamlTokens parser) {
    this.source = source;
    this.parser = parser;
  }

  /**
   * The document's value; missing where the text has none.
   *
   * @param source names the text in errors
   * @throws InputException on a second document and on aliases that have no value
   */
  static JsonNode read(String source, String text) throws IOException {
    try (YamlTokens parser = (YamlTokens) YAML.getFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        return MissingNode.getInstance();
      }
      YamlReader reader = new YamlReader(source, parser);
      JsonNode value = reader.value();
      if (parser.nextToken() != null) {
        throw reader.fault(
            "a second document (---) begins, expected one.\n"
                + "Maybe give each document a file of its own.");
      }
      return value;
    }
  }

  private JsonNode value() throws IOException {
    if (parser.isCurrentAlias()) {
      return anchored(parser.getText());
    }
    String anchor = parser.getObjectId();
    JsonNode value =
        switch (parser.currentToken()) {
          case START_OBJECT -> mapping();
          case START_ARRAY -> list();
          default -> SCALARS.readTree(parser);
        };
    if (anchor != null) {
      anchors.put(anchor, value);
    }
    return value;
  }

  private ArrayNode list() throws IOException {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    return list;
  }

  private ObjectNode mapping() throws IOException {
    ObjectNode mapping = JsonNodeFactory.instance.objectNode();
    List<JsonNode> merged = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      boolean plain = parser.plain();
      parser.nextToken();
      JsonNode value = value();
      List<JsonNode> others = key.equals(MERGE) && plain ? mappings(value) : List.of();
      if (!others.isEmpty()) {
        merged.addAll(others);
      } else {
        mapping.set(key, value);
      }
    }
    // What stands in the mapping itself wins, then what was merged first.
    merged.forEach(
        other -> other.properties().forEach(e -> mapping.putIfAbsent(e.getKey(), e.getValue())));
    return mapping;
  }

  /** The mappings to merge; none where the value is something else, which then is the key's. */
  private static List<JsonNode> mappings(JsonNode value) {
    List<JsonNode> mappings = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(mappings::add);
    } else {
      mappings.add(value);
    }
    return mappings.stream().allMatch(JsonNode::isObject) ? mappings : List.of();
  }

  /** An anchor stands for its value only behind it, so that no value holds itself. */
  private JsonNode anchored(String anchor) {
    JsonNode value = anchors.get(anchor);
    if (value == null) {
      throw fault("the alias *%s has no anchor &%<s before it.".formatted(anchor));
    }
    count(value, 0);
    return value;
  }

  private void count(JsonNode value, int depth) {
    aliased++;
    if (aliased > MOST_VALUES || depth > MOST_DEPTH) {
      throw fault(
          "its aliases stand for more than %,d values, or nest too deep.".formatted(MOST_VALUES));
    }
    value.forEach(inner -> count(inner, depth + 1));
  }

  private InputException fault(String what) {
    return new InputException(
        "%s, line %d: %s".formatted(source, parser.currentTokenLocation().getLineNr(), what));
  }
}
