package jsearch.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jsearch.checkpoint.ChatTemplateText;
import jsearch.checkpoint.Vocabulary;
import jsearch.document.Document;
import jsearch.document.Writer;

/**
 * Tokenizer files of a merge: those of the source, completed where the merge has other tokens.
 *
 * <p>Completed are the files that list added tokens: tokenizer.json, tokenizer_config.json and
 * added_tokens.json. The others hold the source's model (tokenizer.model, vocab.json, merges.txt)
 * or name tokens that stay (special_tokens_map.json): added tokens are no part of them. All else in
 * a file stays as it was, character by character.
 */
final class TokenizerFiles {
  private static final String CONFIG = ChatTemplateText.CONFIG;
  private static final String ADDED = "added_tokens.json";
  private static final String TEMPLATE = ChatTemplateText.FILE;
  private static final String TEMPLATES = ChatTemplateText.OTHERS;
  private static final String CONFIG_ADDED = "added_tokens_decoder";
  private static final String CONFIG_TEMPLATE = ChatTemplateText.KEY;

  private static final List<String> COPIED =
      List.of("special_tokens_map.json", "tokenizer.model", "vocab.json", "merges.txt");

  private final Path source;
  private final Optional<Alignment> alignment;
  private final Optional<String> template;

  /**
   * @param source directory of the parent whose tokenizer the merge has
   * @param alignment the merge's tokens where they are asked for; else the source's as they are
   * @param template the chat template that takes the place of the source's
   */
  TokenizerFiles(Path source, Optional<Alignment> alignment, Optional<String> template) {
    this.source = source;
    this.alignment = alignment.filter(Alignment::extended);
    this.template = template;
  }

  /** Writes those that the source has, and the template. */
  void write(Path directory) throws IOException {
    for (String file : COPIED) {
      copy(file, directory);
    }
    rewrite(Vocabulary.FILE, directory, this::tokenizer);
    rewrite(CONFIG, directory, this::config);
    rewrite(ADDED, directory, this::added);
    if (template.isPresent()) {
      Writer.replace(directory.resolve(TEMPLATE), template.get());
      return;
    }
    copy(TEMPLATE, directory);
    copy("chat_template.json", directory);
    copyTemplates(directory);
  }

  /** Text of a file to the text that the merge has. */
  private interface Rewrite {
    String of(Path file, String text);
  }

  private void rewrite(String name, Path directory, Rewrite rewrite) throws IOException {
    Path file = source.resolve(name);
    if (!Files.exists(file)) {
      return;
    }
    if (alignment.isEmpty() && template.isEmpty()) {
      copy(name, directory);
      return;
    }
    Writer.replace(directory.resolve(name), rewrite.of(file, Document.readText(file)));
  }

  private String tokenizer(Path file, String text) {
    if (alignment.isEmpty()) {
      return text;
    }
    List<Map<String, Object>> tokens =
        tokens().entrySet().stream().map(token -> entry(token.getKey(), token.getValue())).toList();
    return Writer.withValue(file.toString(), text, "added_tokens", tokens);
  }

  private Map<String, Object> entry(int id, String content) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", id);
    entry.put("content", content);
    entry.putAll(flags(content));
    return entry;
  }

  private String config(Path file, String text) {
    Document config = Document.json(file);
    String written = text;
    if (alignment.isPresent() && config.find(CONFIG_ADDED).isPresent()) {
      Map<String, Object> tokens = new LinkedHashMap<>();
      tokens().forEach((id, content) -> tokens.put(String.valueOf(id), decoded(content)));
      written = Writer.withValue(file.toString(), written, CONFIG_ADDED, tokens);
    }
    if (template.isPresent() && config.find(CONFIG_TEMPLATE).isPresent()) {
      written = Writer.withValue(file.toString(), written, CONFIG_TEMPLATE, template.get());
    }
    return written;
  }

  private Map<String, Object> decoded(String content) {
    Map<String, Object> entry = new TreeMap<>(flags(content));
    entry.put("content", content);
    return entry;
  }

  /** By content: the id of each added token that the source's model does not have. */
  private String added(Path file, String text) {
    if (alignment.isEmpty()) {
      return text;
    }
    Map<String, Object> ids = new LinkedHashMap<>();
    Document.json(file).entries().forEach((token, id) -> ids.put(token, id.value()));
    Vocabulary merged = alignment.get().vocabulary();
    ids.keySet().retainAll(merged.ids().keySet());
    Map<String, Integer> known = alignment.get().parents().get(0).vocabulary().ids();
    merged.added().keySet().stream()
        .filter(token -> !known.containsKey(token))
        .forEach(token -> ids.put(token, merged.ids().get(token)));
    return Writer.json(ids);
  }

  /** Added tokens of the merge by id. */
  private Map<Integer, String> tokens() {
    Vocabulary merged = alignment.orElseThrow().vocabulary();
    Map<Integer, String> tokens = new TreeMap<>();
    merged.added().keySet().forEach(token -> tokens.put(merged.ids().get(token), token));
    return tokens;
  }

  private Map<String, Object> flags(String content) {
    return alignment.orElseThrow().vocabulary().added().get(content);
  }

  private void copy(String name, Path directory) throws IOException {
    Path file = source.resolve(name);
    if (Files.exists(file)) {
      Files.copy(file, directory.resolve(name));
    }
  }

  /** Where a tokenizer has several templates, all but the default lie in a directory. */
  private void copyTemplates(Path directory) throws IOException {
    Path templates = source.resolve(TEMPLATES);
    if (!Files.isDirectory(templates)) {
      return;
    }
    Files.createDirectory(directory.resolve(TEMPLATES));
    for (Path file : ChatTemplateText.others(source)) {
      Files.copy(file, directory.resolve(TEMPLATES).resolve(file.getFileName()));
    }
  }
}
