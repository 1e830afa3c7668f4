package jsearch.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Writer;

/** Tiny checkpoints with tokenizers of a test's own, by name. */
final class TokenParents {
  private final Path directory;
  private final Map<String, Checkpoint> parents = new LinkedHashMap<>();

  TokenParents(Path directory) {
    this.directory = directory;
  }

  Map<String, Checkpoint> map() {
    return parents;
  }

  List<Checkpoint> list() {
    return List.copyOf(parents.values());
  }

  /** A parent of so many rows, with these files in place of its own tokenizer's. */
  TokenParents add(String name, int rows, Path tokenizer) throws IOException {
    Path path = write(name, new TinyCheckpoint().layers(1).vocab(rows));
    try (Stream<Path> files = Files.list(tokenizer)) {
      for (Path file : files.toList()) {
        Files.copy(file, path.resolve(file.getFileName()));
      }
    }
    return open(name, path);
  }

  /** A parent whose tokenizer has these ids in its model and these added tokens. */
  TokenParents add(
      String name, TinyCheckpoint checkpoint, Object vocab, List<Map<String, Object>> added)
      throws IOException {
    Path path = write(name, checkpoint);
    Map<String, Object> file = Map.of("added_tokens", added, "model", Map.of("vocab", vocab));
    Files.writeString(path.resolve("tokenizer.json"), Writer.json(file));
    return open(name, path);
  }

  private Path write(String name, TinyCheckpoint checkpoint) throws IOException {
    Path path = checkpoint.write(directory.resolve(name));
    Files.delete(path.resolve("tokenizer.json"));
    Files.delete(path.resolve("tokenizer_config.json"));
    return path;
  }

  private TokenParents open(String name, Path path) {
    parents.put(name, Checkpoint.open(path));
    return this;
  }

  /** An entry of added_tokens, a special one. */
  static Map<String, Object> added(int id, String content) {
    return Map.of("id", id, "content", content, "special", true);
  }
}
