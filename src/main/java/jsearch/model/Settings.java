package jsearch.model;

import java.util.Map;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.document.InputException;

/** The keys of one {@code config.json}, with what transformers assumes where it is silent. */
final class Settings {
  private final Document file;
  private final Architecture architecture;
  private final Map<String, Document> said;

  /**
   * Refuses, by name, a key that could change the logits and is not known.
   *
   * @throws InputException for such a key, or an architecture that is not supported
   */
  Settings(Document file) {
    this.file = file;
    this.architecture = Architecture.of(file);
    this.said = file.entries();
    said.forEach(this::requireKnown);
  }

  private void requireKnown(String key, Document value) {
    boolean known = architecture.keys().containsKey(key) || architecture.harmless().contains(key);
    if (!known && !saysNothing(value)) {
      throw new InputException(
          """
          %s
          Maybe it does not reach the logits; then take it out of the file."""
              .formatted(
                  value
                      .expected("no such key for model_type " + architecture.name())
                      .getMessage()));
    }
  }

  /** Null, false, and empty texts, lists and mappings ask for nothing. */
  private static boolean saysNothing(Document value) {
    Object plain = value.value();
    return plain == null
        || plain.equals(false)
        || plain.equals("")
        || (value.isList() && value.items().isEmpty())
        || (value.isMap() && value.entries().isEmpty());
  }

  Architecture architecture() {
    return architecture;
  }

  String source() {
    return file.source();
  }

  /** Whether this architecture reads such a key at all. */
  boolean reads(String key) {
    return architecture.keys().containsKey(key);
  }

  /**
   * The value of a key, in the file or assumed.
   *
   * @return empty when it is null, or this architecture reads no such key
   */
  Optional<Document> find(String key) {
    if (!reads(key)) {
      return Optional.empty();
    }
    Document value = said.getOrDefault(key, architecture.keys().get(key));
    return value.value() == null ? Optional.empty() : Optional.of(value);
  }

  /** The value of a key; an error where neither the file nor transformers says one. */
  Document at(String key) {
    return find(key).orElseGet(() -> file.at(key));
  }

  /** The value of a truth that is false where the architecture reads no such key. */
  boolean is(String key) {
    return find(key).map(Document::bool).orElse(false);
  }

  /** The number of a key, or this one. */
  double number(String key, double otherwise) {
    return find(key).map(Document::number).orElse(otherwise);
  }

  /** A number above zero. */
  static double positive(Document value) {
    double number = value.number();
    if (number <= 0) {
      throw value.expected("a number above 0");
    }
    return number;
  }
}
