package jsearch.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jsearch.document.Document;

/**
 * The text of a checkpoint's chat template, found where transformers finds it.
 *
 * @param place the file, and the key inside it, for messages
 * @param text Jinja
 */
public record ChatTemplateText(String place, String text) {
  /** The file that goes before the config's key. */
  public static final String FILE = "chat_template.jinja";

  /** The directory of a tokenizer's other templates, by name. */
  public static final String OTHERS = "additional_chat_templates";

  /** The key of {@code tokenizer_config.json}. */
  public static final String KEY = "chat_template";

  /** The config that has special tokens too. */
  public static final String CONFIG = "tokenizer_config.json";

  private static final String DEFAULT = "default";
  private static final String ENDING = ".jinja";

  /**
   * The template of this directory; of several the one named default.
   *
   * <p>Files go before the config: where there are only files of other names, there is no default.
   *
   * @return empty where it has none
   * @throws jsearch.document.InputException when a file is malformed
   */
  public static Optional<ChatTemplateText> of(Path directory) {
    for (Path file :
        List.of(directory.resolve(OTHERS).resolve(DEFAULT + ENDING), directory.resolve(FILE))) {
      if (Files.exists(file)) {
        return Optional.of(new ChatTemplateText(file.toString(), Document.readText(file)));
      }
    }
    Path config = directory.resolve(CONFIG);
    if (!others(directory).isEmpty() || !Files.exists(config)) {
      return Optional.empty();
    }
    return Document.json(config)
        .find(KEY)
        .flatMap(ChatTemplateText::ofKey)
        .map(value -> new ChatTemplateText(value.place(), value.text()));
  }

  private static Optional<Document> ofKey(Document template) {
    if (template.isText()) {
      return Optional.of(template);
    }
    return template.items().stream()
        .filter(named -> named.at("name").text().equals(DEFAULT))
        .map(named -> named.at("template"))
        .reduce((first, last) -> last);
  }

  /** Files of a checkpoint's other templates, in no order. */
  public static List<Path> others(Path directory) {
    Path folder = directory.resolve(OTHERS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(ENDING)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
