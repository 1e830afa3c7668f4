package jsearch.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Document;
import jsearch.document.InputException;

/** Whether the parents' tokens have the same ids, so that rows of embeddings belong together. */
final class Vocabularies {
  private static final String FILE = "tokenizer.json";

  private Vocabularies() {}

  /**
   * Refuses parents whose tokens have different ids.
   *
   * @throws InputException also when one has no tokenizer.json to tell
   */
  static void requireSame(Checkpoint one, Checkpoint other) {
    Path base = file(one.directory());
    Path donor = file(other.directory());
    try {
      if (Files.mismatch(base, donor) < 0) {
        return;
      }
    } catch (IOException e) {
      throw new InputException("%s or %s cannot be read: %s".formatted(base, donor, e), e);
    }
    if (!tokens(base).equals(tokens(donor))) {
      throw new InputException(
          """
          The tokens of %s and %s have different ids; tokenizer_source then asks to move rows of \
          the embedding, which is not supported yet.
          Maybe leave tokenizer_source out to merge row by row all the same."""
              .formatted(base, donor));
    }
  }

  private static Path file(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      throw new InputException(
          """
          %s does not exist, but tokenizer_source asks to compare the parents' tokens.
          Maybe save it with transformers' fast tokenizer (save_pretrained)."""
              .formatted(file));
    }
    return file;
  }

  private static Tokens tokens(Path file) {
    Document tokenizer = Document.json(file);
    Object vocabulary = tokenizer.at("model").at("vocab").value();
    Map<Object, Object> added = new TreeMap<>();
    tokenizer
        .find("added_tokens")
        .ifPresent(
            list ->
                list.items().forEach(t -> added.put(t.at("content").text(), t.at("id").value())));
    return new Tokens(vocabulary, added);
  }

  private record Tokens(Object vocabulary, Map<Object, Object> added) {}
}
