package jsearch.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jsearch.document.Document;

/**
 * What all checkpoints of one {@code model_type} have in common, from {@code architectures.yaml}.
 *
 * @param name the {@code model_type}
 * @param keys what a config may say, with what transformers assumes where it says nothing
 * @param harmless keys of a config that do not reach the logits
 * @param traits everything else, by its name in the YAML file
 */
record Architecture(
    String name, Map<String, Document> keys, Set<String> harmless, Map<String, Document> traits) {
  private static final String COMMON = "common";
  private static final String HARMLESS = "harmless";
  private static final String KEYS = "keys";
  private static final Document ALL = read();

  private static Document read() {
    String resource = "architectures.yaml";
    try (InputStream file = Architecture.class.getResourceAsStream(resource)) {
      return Document.yaml(resource, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  /**
   * The architecture of a checkpoint.
   *
   * @throws jsearch.document.InputException when it is none of those that are supported
   */
  static Architecture of(Document config) {
    Document type = config.at("model_type");
    Set<String> names = names();
    if (!names.contains(type.text())) {
      throw type.expected("an architecture that is supported: " + names);
    }
    Document common = ALL.at(COMMON);
    Document own = ALL.at(type.text());
    Map<String, Document> keys = new HashMap<>(common.at(KEYS).entries());
    keys.putAll(own.at(KEYS).entries());
    Map<String, Document> traits = new HashMap<>(common.entries());
    traits.putAll(own.entries());
    Set<String> harmless = new HashSet<>(texts(ALL.at(HARMLESS)));
    own.find(HARMLESS).ifPresent(more -> harmless.addAll(texts(more)));
    return new Architecture(type.text(), keys, harmless, traits);
  }

  /** Every {@code model_type} that is supported, sorted. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(ALL.entries().keySet());
    names.removeAll(Set.of(COMMON, HARMLESS));
    return names;
  }

  private static List<String> texts(Document list) {
    return list.items().stream().map(Document::text).toList();
  }

  boolean is(String trait) {
    return traits.get(trait).bool();
  }

  String text(String trait) {
    return traits.get(trait).text();
  }

  List<String> list(String trait) {
    return texts(traits.get(trait));
  }

  /** What a name in the config stands for, by a trait that lists such names; refuses others. */
  String meaning(String trait, Document name) {
    Document meanings = traits.get(trait);
    return meanings
        .find(name.text())
        .orElseThrow(() -> name.expected("one of " + new TreeSet<>(meanings.entries().keySet())))
        .text();
  }
}
