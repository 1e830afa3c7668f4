package jsearch.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Vocabulary;
import jsearch.document.InputException;

/** The union of vocabularies; {@link Alignment#union} says what it is. */
final class Union {
  /** An added token that is no special one: what transformers makes of a bare string. */
  private static final Map<String, Object> PLAIN = plain();

  private Union() {}

  private static Map<String, Object> plain() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("single_word", false);
    flags.put("lstrip", false);
    flags.put("rstrip", false);
    flags.put("normalized", true);
    flags.put("special", false);
    return flags;
  }

  /** Whether tokens can be added to those of this parent. */
  static boolean isPossible(Alignment.Parent base) {
    return !hasGaps(Alignment.withRows(base));
  }

  private static boolean hasGaps(Vocabulary base) {
    return base.ids().size() < base.byId().length;
  }

  static Vocabulary of(List<Alignment.Parent> parents) {
    Vocabulary base = Alignment.withRows(parents.get(0));
    requireNoGaps(base);
    Map<String, Map<String, Object>> flags = flags(base, parents);
    List<String> ordinary =
        parents.stream()
            .flatMap(parent -> parent.vocabulary().ids().keySet().stream().filter(parent::has))
            .filter(token -> !flags.containsKey(token))
            .toList();
    Map<String, Integer> ids = new LinkedHashMap<>(base.ids());
    for (String token : ordinary) {
      if (ids.putIfAbsent(token, ids.size()) == null) {
        flags.put(token, PLAIN);
      }
    }
    flags.keySet().forEach(token -> ids.putIfAbsent(token, ids.size()));
    Map<String, Map<String, Object>> added = new LinkedHashMap<>();
    ids.keySet().stream().filter(flags::containsKey).forEach(t -> added.put(t, flags.get(t)));
    return new Vocabulary(base.file(), ids, base.model(), added);
  }

  /** The added tokens of all parents, as the first one adds them. */
  private static Map<String, Map<String, Object>> flags(
      Vocabulary base, List<Alignment.Parent> parents) {
    Map<String, Map<String, Object>> flags = new LinkedHashMap<>(base.added());
    for (Alignment.Parent parent : parents) {
      parent
          .vocabulary()
          .added()
          .forEach(
              (token, entry) -> {
                if (parent.has(token)) {
                  flags.putIfAbsent(token, entry);
                }
              });
    }
    return flags;
  }

  /** The tokenizers library would give new tokens ids in or behind the gaps as it pleases. */
  private static void requireNoGaps(Vocabulary base) {
    int end = base.byId().length;
    if (hasGaps(base)) {
      throw new InputException(
          """
          %s has %d tokens with ids up to %d, expected ids without gaps for others to follow.
          Maybe use tokenizer_source: base, or another base_model."""
              .formatted(base.file(), base.ids().size(), end - 1));
    }
  }
}
