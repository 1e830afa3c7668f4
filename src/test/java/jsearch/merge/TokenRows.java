package jsearch.merge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Document;

/** Which row of an embedding belongs to which token; none known where there is no tokenizer. */
record TokenRows(Map<String, Integer> ids) {
  static TokenRows of(Checkpoint checkpoint) {
    Path file = checkpoint.directory().resolve("tokenizer.json");
    Map<String, Integer> ids = new HashMap<>();
    if (Files.exists(file)) {
      Document tokenizer = Document.json(file);
      tokenizer.at("model").at("vocab").entries().forEach((token, id) -> ids.put(token, id(id)));
      for (Document added : tokenizer.at("added_tokens").items()) {
        ids.put(added.at("content").text(), id(added.at("id")));
      }
    }
    return new TokenRows(ids);
  }

  private static int id(Document id) {
    return id.integer(0, Integer.MAX_VALUE);
  }

  /**
   * Our rows in the order of another tokenizer.
   *
   * @param rows [tokens, width], flat; rows without a token keep their place
   */
  double[] inOrderOf(TokenRows other, double[] rows, int width) {
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
