package jsearch.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;

/** A kind of model that is no decoder of text alone, recognised by its config. */
public final class ModelKind {
  private static final List<Document> ALL = read();

  /** Values of a key that ask for nothing. */
  private static final List<Object> NOTHING =
      List.of(false, 0L, 0.0, "", List.<Object>of(), Map.<String, Object>of());

  private final Document kind;
  private final Document config;

  private ModelKind(Document kind, Document config) {
    this.kind = kind;
    this.config = config;
  }

  private static List<Document> read() {
    String resource = "kinds.yaml";
    try (InputStream file = ModelKind.class.getResourceAsStream(resource)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Document.yaml(resource, text).items();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  /** What a config describes by its keys, type or class; empty where it may be such a decoder. */
  public static Optional<ModelKind> of(Document config) {
    return ALL.stream()
        .filter(kind -> hasKey(kind, config) || hasType(kind, config) || hasClass(kind, config))
        .findFirst()
        .map(kind -> new ModelKind(kind, config));
  }

  /** What a config describes by its class alone, for a type that has decoders too. */
  public static Optional<ModelKind> ofClass(Document config) {
    return ALL.stream()
        .filter(kind -> hasClass(kind, config))
        .findFirst()
        .map(kind -> new ModelKind(kind, config));
  }

  private static boolean hasKey(Document kind, Document config) {
    return patterns(kind, "keys")
        .flatMap(key -> config.find(key).stream())
        .anyMatch(value -> !NOTHING.contains(value.value()));
  }

  private static boolean hasType(Document kind, Document config) {
    String type = text(config.find("model_type"));
    return patterns(kind, "types").anyMatch(type::matches);
  }

  private static boolean hasClass(Document kind, Document config) {
    return config.find("architectures").filter(Document::isList).stream()
        .flatMap(list -> list.items().stream())
        .map(item -> text(Optional.of(item)))
        .anyMatch(name -> patterns(kind, "architectures").anyMatch(name::matches));
  }

  private static Stream<String> patterns(Document kind, String key) {
    return kind.find(key).stream().flatMap(list -> list.items().stream()).map(Document::text);
  }

  /** The text, or an empty one where there is none. */
  private static String text(Optional<Document> value) {
    return value.filter(Document::isText).map(Document::text).orElse("");
  }

  /** The error of such a checkpoint where a decoder is needed: what was found, this, and advice. */
  public InputException refusal(String found) {
    String part =
        Stream.of("text_config", "llm_config")
            .flatMap(key -> config.find(key).filter(Document::isMap).stream())
            .map(text -> text(text.find("model_type")))
            .filter(type -> !type.isEmpty())
            .findFirst()
            .map(type -> " (model_type %s)".formatted(type))
            .orElse("");
    return new InputException(
        """
        %s
        It describes %s.
        Maybe %s"""
            .formatted(
                found, kind.at("is").text(), kind.at("maybe").text().replace("{text}", part)));
  }
}
