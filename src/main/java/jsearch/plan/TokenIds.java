package jsearch.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ids of tokens in a config of the base, such as {@code eos_token_id}, made ids of the merge.
 *
 * <p>mergekit leaves them as they are, which names other tokens where ids moved.
 */
final class TokenIds {
  private static final String KEY = "_token_id";

  private final Alignment alignment;
  private final String[] base;
  private final List<String> notes = new ArrayList<>();

  /** The base is the alignment's first parent. */
  TokenIds(Alignment alignment) {
    this.alignment = alignment;
    base = alignment.parents().get(0).vocabulary().byId();
  }

  /**
   * The config with the merge's ids: each token's own; for one that the merge does not have, what
   * the parent whose tokenizer it has says, else null.
   *
   * @param file names the config in notes
   * @param config of the base
   * @param sources of the parent whose tokenizer the merge has
   */
  Map<String, Object> of(String file, Map<String, Object> config, Map<String, Object> sources) {
    Map<String, Object> made = new LinkedHashMap<>(config);
    for (Map.Entry<String, Object> entry : made.entrySet()) {
      if (entry.getKey().endsWith(KEY) && entry.getValue() != null) {
        Object id =
            translated(entry.getValue())
                .or(() -> Optional.ofNullable(sources.get(entry.getKey())).filter(this::fits))
                .orElse(null);
        if (!entry.getValue().equals(id)) {
          notes.add(
              "%s: %s was %s and is %s, the merge's id."
                  .formatted(file, entry.getKey(), entry.getValue(), id));
          entry.setValue(id);
        }
      }
    }
    return made;
  }

  /** What changed, a sentence each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** An id, or those of a list that the merge has; empty where it has none. */
  private Optional<Object> translated(Object value) {
    if (value instanceof List<?> ids) {
      List<Object> kept =
          ids.stream().map(this::translated).flatMap(Optional::stream).distinct().toList();
      return Optional.<Object>of(kept).filter(list -> !kept.isEmpty() || ids.isEmpty());
    }
    // -1 and the like stand for "none".
    if (!(value instanceof Long id) || id < 0) {
      return Optional.of(value);
    }
    if (id >= base.length || base[id.intValue()] == null) {
      return Optional.<Object>of(id).filter(this::fits).filter(row -> alignment.source() == 0);
    }
    return Optional.ofNullable(alignment.vocabulary().ids().get(base[id.intValue()]))
        .map(Integer::longValue);
  }

  private boolean fits(Object value) {
    return value instanceof List<?> ids
        ? ids.stream().allMatch(this::fits)
        : value instanceof Long id && id < alignment.size();
  }
}
