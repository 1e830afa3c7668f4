package jsearch.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jsearch.checkpoint.ChatTemplateText;
import jsearch.document.Document;
import jsearch.document.InputException;

/** Special tokens that a chat template may name, as transformers (5.24) reads them. */
final class SpecialTokens {
  private static final List<String> NAMES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  /** Classes that know no token of their own; others may have one where the config is silent. */
  private static final Set<String> PLAIN =
      Set.of("PreTrainedTokenizerFast", "PreTrainedTokenizer", "TokenizersBackend");

  private SpecialTokens() {}

  /**
   * The tokens of a checkpoint by name; one that is null in the config is left out.
   *
   * @param template its text
   * @throws InputException when the template names a token that the config does not speak of
   */
  static Map<String, String> of(Path directory, String template) {
    Path file = directory.resolve(ChatTemplateText.CONFIG);
    Map<String, String> tokens = new HashMap<>();
    if (!Files.exists(file)) {
      return tokens;
    }
    Document config = Document.json(file);
    Map<String, Document> entries = new HashMap<>(config.entries());
    Path map = directory.resolve("special_tokens_map.json");
    if (!entries.containsKey("added_tokens_decoder") && Files.exists(map)) {
      entries.putAll(Document.json(map).entries());
    }
    for (String name : NAMES) {
      if (!entries.containsKey(name)) {
        requireUnnamed(name, config, template);
      } else if (entries.get(name).value() != null) {
        Document token = entries.get(name);
        tokens.put(name, token.isMap() ? token.at("content").text() : token.text());
      }
    }
    return tokens;
  }

  /** Where the config lacks a token, transformers' tokenizer class may have one. */
  private static void requireUnnamed(String name, Document config, String template) {
    String type = config.find("tokenizer_class").map(Document::text).orElse("its class");
    if (template.contains(name) && !PLAIN.contains(type)) {
      throw new InputException(
          """
          %s: %s is missing, but the chat template names it.
          Maybe add it, as null where the model has none; %s may have one of its own.\
          """
              .formatted(config.source(), name, type));
    }
  }
}
