package jsearch.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jsearch.checkpoint.Shards;
import jsearch.document.InputException;

/** Which files of a repository make a checkpoint: config, tokenizer, and weights in safetensors. */
final class HubChoice {
  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final List<String> SMALL =
      List.of(
          CONFIG,
          "generation_config.json",
          TOKENIZER,
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "tokenizer.model",
          "vocab.json",
          "merges.txt",
          "chat_template.jinja",
          "chat_template.json");
  private static final int SHOWN = 10;

  private HubChoice() {}

  /**
   * The files to fetch first: all small ones, and the index where the weights are in shards.
   *
   * @throws InputException when there is no config or there are no weights
   */
  static List<String> small(HubId id, Set<String> files) {
    boolean single = files.contains(Shards.SINGLE);
    if (!files.contains(CONFIG) || !(single || files.contains(Shards.INDEX))) {
      throw new InputException(
          """
          %s is no checkpoint that can be read: found [%s], expected %s and %s or %s.
          Maybe the repository holds an adapter, GGUF files or pickled weights."""
              .formatted(
                  id,
                  files.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                  CONFIG,
                  Shards.SINGLE,
                  Shards.INDEX));
    }
    List<String> small = SMALL.stream().filter(files::contains).collect(Collectors.toList());
    if (!single) {
      small.add(Shards.INDEX);
    }
    return small;
  }

  /**
   * The weights, once the small files are in this snapshot.
   *
   * @throws InputException when the index names a file that is not in the repository
   */
  static List<String> weights(HubId id, Path snapshot, Set<String> files) {
    if (files.contains(Shards.SINGLE)) {
      return List.of(Shards.SINGLE);
    }
    List<String> shards =
        Shards.indexedFiles(snapshot).stream().map(f -> f.getFileName().toString()).toList();
    for (String shard : shards) {
      if (!files.contains(shard)) {
        throw new InputException(
            "%s has no %s, but its %s names it.".formatted(id, shard, Shards.INDEX));
      }
    }
    return shards;
  }

  /** Whether a snapshot has config and all weights. */
  static boolean isUsable(Path snapshot) {
    return missing(snapshot).isEmpty();
  }

  /** The names of config and weights that a snapshot lacks; a link to nothing is none. */
  static List<String> missing(Path snapshot) {
    List<String> needed = new ArrayList<>(List.of(CONFIG));
    if (Files.isRegularFile(snapshot.resolve(Shards.INDEX)) && !has(snapshot, Shards.SINGLE)) {
      Shards.indexedFiles(snapshot).forEach(file -> needed.add(file.getFileName().toString()));
    } else {
      needed.add(
          Files.isSymbolicLink(snapshot.resolve(Shards.INDEX)) ? Shards.INDEX : Shards.SINGLE);
    }
    return needed.stream().filter(name -> !has(snapshot, name)).toList();
  }

  private static boolean has(Path snapshot, String name) {
    return Files.isRegularFile(snapshot.resolve(name));
  }

  /** Whether a snapshot is usable and has a tokenizer: nothing needs to be asked for. */
  static boolean isWhole(Path snapshot) {
    return isUsable(snapshot) && has(snapshot, TOKENIZER);
  }
}
