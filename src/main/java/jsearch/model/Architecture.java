package jsearch.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jsearch.checkpoint.ModelKind;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * What all checkpoints of one {@code model_type} have in common, from {@code architectures.yaml}.
 *
 * @param name the {@code model_type}
 * @param keys what a config may say, with what transformers assumes where it says nothing
 * @param neutral keys that transformers reads and the decoder does not, with what asks for nothing
 * @param harmless keys that do not reach the logits; one with a * at its end is any that so begins
 * @param traits everything else, by its name in the YAML file
 */
record Architecture(
    String name,
    Map<String, Document> keys,
    Map<String, Document> neutral,
    Set<String> harmless,
    Map<String, Document> traits) {
  private static final String COMMON = "common";
  private static final String HARMLESS = "harmless";
  private static final String KEYS = "keys";
  private static final String NEUTRAL = "neutral";
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
    String name = supported(config);
    Document own = ALL.at(name);
    Map<String, Document> keys = new HashMap<>(ALL.at(COMMON).at(KEYS).entries());
    keys.putAll(own.at(KEYS).entries());
    Map<String, Document> neutral = new HashMap<>(ALL.at(NEUTRAL).entries());
    own.find(NEUTRAL).ifPresent(more -> neutral.putAll(more.entries()));
    neutral.keySet().removeAll(keys.keySet());
    Set<String> harmless = new HashSet<>(texts(ALL.at(HARMLESS)));
    own.find(HARMLESS).ifPresent(more -> harmless.addAll(texts(more)));
    Map<String, Document> traits = new HashMap<>(ALL.at(COMMON).entries());
    traits.putAll(own.entries());
    return new Architecture(name, keys, neutral, harmless, traits);
  }

  private static String supported(Document config) {
    Optional<Document> type = config.find("model_type");
    if (type.isPresent() && names().contains(type.get().text())) {
      ModelKind.ofClass(config)
          .ifPresent(
              kind -> {
                throw kind.refusal(
                    config.at("architectures").expected("a decoder: ...ForCausalLM").getMessage());
              });
      return type.get().text();
    }
    InputException unknown =
        config.at("model_type").expected("an architecture that is supported: " + names());
    throw ModelKind.of(config).map(kind -> kind.refusal(unknown.getMessage())).orElse(unknown);
  }

  /** Every {@code model_type} that is supported, sorted. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(ALL.entries().keySet());
    names.removeAll(Set.of(COMMON, NEUTRAL, HARMLESS));
    return names;
  }

  /** The architectures that read a key of their own, sorted. */
  static Set<String> readersOf(String key) {
    return names().stream()
        .filter(name -> ALL.at(name).at(KEYS).entries().containsKey(key))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a key does not reach the logits. */
  boolean isHarmless(String key) {
    return harmless.contains(key)
        || harmless.stream()
            .filter(name -> name.endsWith("*"))
            .anyMatch(name -> key.startsWith(name.substring(0, name.length() - 1)));
  }

  private static List<String> texts(Document list) {
    return list.items().stream().map(Document::text).toList();
  }

  boolean is(String trait) {
    return traits.get(trait).bool();
  }

  int integer(String trait) {
    return traits.get(trait).integer(0, Integer.MAX_VALUE);
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
