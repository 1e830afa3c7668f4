package jsearch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * The keys of one {@code config.json}, with what transformers assumes where it is silent.
 *
 * <p>What it says and transformers does not read is no fault, and becomes a warning.
 */
final class Settings {
  /** Read by some; where it is not, it has to say what is computed anyway. */
  static final String LAYER_TYPES = "layer_types";

  private final Document file;
  private final Architecture architecture;
  private final Map<String, Document> said;
  private final List<Document> ignored = new ArrayList<>();

  /**
   * Refuses, by name, a key that reaches transformers' logits and not the decoder's.
   *
   * @throws InputException for such a key, or an architecture that is not supported
   */
  Settings(Document file) {
    this.file = file;
    this.architecture = Architecture.of(file);
    this.said = file.entries();
    said.forEach(this::check);
  }

  private void check(String key, Document value) {
    Document neutral = architecture.neutral().get(key);
    if (neutral != null) {
      requireNeutral(value, neutral);
    } else if (!reads(key) && !key.equals(LAYER_TYPES) && !architecture.isHarmless(key)) {
      ignore(value);
    }
  }

  private void requireNeutral(Document value, Document neutral) {
    if (neutral.value() == null ? saysNothing(value) : isEqual(value, neutral)) {
      return;
    }
    String expected = neutral.value() == null ? "no such key" : String.valueOf(neutral.value());
    throw value.expected("%s for model_type %s".formatted(expected, architecture.name()));
  }

  private static boolean isEqual(Document value, Document neutral) {
    if (value.value() == null) {
      return !neutral.value().equals(true); // null is as good as false
    }
    return value.value().equals(neutral.value())
        || (value.isNumber() && neutral.isNumber() && value.number() == neutral.number());
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

  /** Notes a value that nothing reads. */
  void ignore(Document value) {
    if (!saysNothing(value)) {
      ignored.add(value);
    }
  }

  /** One sentence that names all that is ignored; none where nothing is. */
  List<String> warnings() {
    if (ignored.isEmpty()) {
      return List.of();
    }
    String keys = ignored.stream().map(this::named).collect(Collectors.joining(", "));
    return List.of(
        "%s: keys that transformers does not read for model_type %s are ignored: %s."
            .formatted(file.source(), architecture.name(), keys));
  }

  private String named(Document value) {
    Set<String> readers = Architecture.readersOf(value.path());
    return readers.isEmpty()
        ? value.shown()
        : "%s (read for %s)".formatted(value.shown(), String.join(", ", readers));
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

  /** The value of a key, whether or not this architecture reads it; empty when absent or null. */
  Optional<Document> said(String key) {
    return Optional.ofNullable(said.get(key)).filter(value -> value.value() != null);
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
