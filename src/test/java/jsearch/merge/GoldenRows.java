package jsearch.merge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Document;

/**
 * What a checkpoint's tokenizer.json says; nothing where there is none.
 *
 * @param model vocabulary and merges
 * @param added each added token's flags
 * @param ids each token's row of the embedding
 */
record GoldenRows(Object model, Map<String, Map<String, Object>> added, Map<String, Integer> ids) {

  static GoldenRows of(Checkpoint checkpoint) {
    Path file = checkpoint.directory().resolve("tokenizer.json");
    Map<String, Integer> ids = new HashMap<>();
    Map<String, Map<String, Object>> added = new HashMap<>();
    if (!Files.exists(file)) {
      return new GoldenRows(Map.of(), added, ids);
    }
    Document tokenizer = Document.json(file);
    Document model = tokenizer.at("model");
    model.at("vocab").entries().forEach((token, id) -> ids.put(token, id(id)));
    for (Document token : tokenizer.at("added_tokens").items()) {
      String content = token.at("content").text();
      ids.put(content, id(token.at("id")));
      Map<String, Object> flags = new HashMap<>();
      token.entries().forEach((flag, value) -> flags.put(flag, value.value()));
      flags.remove("id");
      added.put(content, flags);
    }
    return new GoldenRows(model.value(), added, ids);
  }

  private static int id(Document id) {
    return id.integer(0, Integer.MAX_VALUE);
  }

  boolean isEmpty() {
    return ids.isEmpty();
  }

  /**
   * Our rows in the order of another tokenizer.
   *
   * @param rows [tokens, width], flat; rows without a token keep their place
   */
  double[] inOrderOf(GoldenRows other, double[] rows, int width) {
    double[] ordered = rows.clone();
    other.ids.forEach(
        (token, id) -> {
          if ((id + 1) * width <= rows.length) {
            System.arraycopy(rows, ids.get(token) * width, ordered, id * width, width);
          }
        });
    return ordered;
  }
}
