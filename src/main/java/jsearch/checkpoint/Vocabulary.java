package jsearch.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * The tokens of a tokenizer.json and their ids, as Hugging Face's tokenizers library gives them.
 *
 * <p>A token of the model has the id that stands there. The id of an added token that is no token
 * of the model follows from the tokens before it, whatever the file says (library 0.22, 0.23).
 *
 * @param file where it was read
 * @param ids id of each token, in the order of ids
 * @param model number of tokens without the added ones that the model does not have
 * @param added the added tokens by content, in their order: what their entry says but content and
 *     id, such as {@code special} and {@code lstrip}
 */
public record Vocabulary(
    Path file, Map<String, Integer> ids, int model, Map<String, Map<String, Object>> added) {
  /** Its file in a checkpoint. */
  public static final String FILE = "tokenizer.json";

  private static final int MOST_TOKENS = 1 << 24;

  public Vocabulary {
    ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
  }

  /**
   * The tokenizer.json of a checkpoint's directory.
   *
   * @throws InputException when it is missing
   */
  public static Path file(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          """
          %s does not exist, expected a tokenizer there.
          Maybe save it with transformers' fast tokenizer (save_pretrained)."""
              .formatted(file));
    }
    return file;
  }

  /**
   * Reads a tokenizer.json.
   *
   * @throws InputException when it is malformed
   */
  public static Vocabulary read(Path file) {
    // Merges are the larger part of the file, and say nothing of ids.
    Document tokenizer = Document.json(file, List.of("model", "merges"));
    Map<String, Integer> model = model(tokenizer.at("model").at("vocab"));
    Map<String, Integer> ids = new LinkedHashMap<>(model);
    Map<String, Map<String, Object>> added = new LinkedHashMap<>();
    int last = -1;
    for (Document token : added(tokenizer)) {
      String content = token.at("content").text();
      ids.putIfAbsent(content, next(last, model.size()));
      last = Math.max(last, ids.get(content));
      Map<String, Object> flags = new LinkedHashMap<>();
      token.entries().forEach((key, value) -> flags.put(key, value.value()));
      flags.keySet().removeAll(List.of("id", "content"));
      added.putIfAbsent(content, flags);
    }
    requireDistinct(file, ids);
    return new Vocabulary(file, inOrder(ids), model.size(), added);
  }

  /** Tokens at their ids; null where there is none. */
  public String[] byId() {
    int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    String[] tokens = new String[size];
    ids.forEach((token, id) -> tokens[id] = token);
    return tokens;
  }

  /** This vocabulary without the added tokens whose id is not below the limit. */
  public Vocabulary below(int limit) {
    Map<String, Integer> kept = new LinkedHashMap<>(ids);
    Map<String, Map<String, Object>> keptAdded = new LinkedHashMap<>(added);
    keptAdded.keySet().removeIf(token -> ids.get(token) >= limit);
    kept.keySet().removeIf(token -> added.containsKey(token) && ids.get(token) >= limit);
    return new Vocabulary(file, kept, model, keptAdded);
  }

  private static int next(int last, int model) {
    return last >= model ? last + 1 : model;
  }

  /** A map from token to id, or (Unigram) a list of [token, score] in the order of ids. */
  private static Map<String, Integer> model(Document vocab) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    if (vocab.isMap()) {
      vocab.entries().forEach((token, id) -> ids.put(token, id.integer(0, MOST_TOKENS)));
      return ids;
    }
    for (Document pair : vocab.items()) {
      String token = pair.items().stream().findFirst().map(Document::text).orElse(null);
      if (token == null || ids.putIfAbsent(token, ids.size()) != null) {
        throw pair.expected("a pair of a token, listed once, and its score");
      }
    }
    return ids;
  }

  private static List<Document> added(Document tokenizer) {
    return tokenizer.find("added_tokens").map(Document::items).orElse(List.of());
  }

  private static void requireDistinct(Path file, Map<String, Integer> ids) {
    Map<Integer, String> tokens = new LinkedHashMap<>();
    ids.forEach(
        (token, id) -> {
          String other = tokens.put(id, token);
          if (other != null) {
            throw new InputException(
                "%s: the tokens %s and %s have the same id %d, expected one token an id."
                    .formatted(file, other, token, id));
          }
        });
  }

  private static Map<String, Integer> inOrder(Map<String, Integer> ids) {
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(ids.entrySet());
    entries.sort(Map.Entry.comparingByValue());
    Map<String, Integer> sorted = new LinkedHashMap<>();
    entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
