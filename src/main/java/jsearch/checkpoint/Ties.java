package jsearch.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jsearch.document.Document;

/**
 * Embedding and head as they are once a checkpoint is loaded: tied ones are one tensor, the
 * embedding.
 *
 * <p>Files may hold either of two tied tensors, or both; transformers takes the one that is there,
 * and of both the embedding. A checkpoint without a head answers by its embedding, whatever its
 * config says: there is nothing else to answer by.
 */
final class Ties {
  private static final String KEY = "tie_word_embeddings";
  private static final String HEAD = TensorName.HEAD.text();
  private static final String EMBEDDING = TensorName.EMBEDDING.text();

  private Ties() {}

  /** These tensors without a head that is tied; one that stands in for the embedding is renamed. */
  static SortedMap<String, TensorInfo> resolved(
      SortedMap<String, TensorInfo> tensors, Document config) {
    Optional<Boolean> tied = config.find(KEY).map(Document::bool);
    TensorInfo head = tensors.get(HEAD);
    boolean alone = !tensors.containsKey(EMBEDDING);
    if (head == null || !tied.orElse(alone)) {
      return tensors;
    }
    SortedMap<String, TensorInfo> resolved = new TreeMap<>(tensors);
    resolved.remove(HEAD);
    resolved.putIfAbsent(EMBEDDING, head.named(TensorName.EMBEDDING));
    return resolved;
  }

  /** Says that the embedding answers for a head that the config promises. */
  static List<String> warnings(Map<String, TensorInfo> tensors, Document config) {
    boolean missing = tensors.containsKey(EMBEDDING) && !tensors.containsKey(HEAD);
    return config
        .find(KEY)
        .filter(tied -> missing && !tied.bool())
        .map(
            tied ->
                "%s is false, but there is no %s: the embedding is used as the head."
                    .formatted(tied.place(), HEAD))
        .stream()
        .toList();
  }
}
