package jsearch.plan;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.Vocabulary;
import jsearch.document.InputException;

/**
 * The tokens of a merge whose recipe does not speak of them.
 *
 * <p>They are the base's, whose tokenizer files the merge has. Rows are merged by number, as
 * mergekit does, as long as that is right: no row is one token in the base and another in a parent,
 * and every token of the base has a row. Else they are aligned, as by {@code tokenizer_source:
 * base}; there mergekit blends rows of different tokens, or writes a tokenizer that outruns the
 * embedding.
 */
final class ImplicitTokens {
  private static final int SHOWN = 3;

  private final Map<String, Checkpoint> parents;
  private final Map<String, Checkpoint> readable = new LinkedHashMap<>();

  /**
   * Of these parents.
   *
   * @param parents by their names in the recipe, the base first
   */
  ImplicitTokens(Map<String, Checkpoint> parents) {
    this.parents = parents;
    parents.forEach(
        (name, parent) -> {
          if (Files.isRegularFile(parent.directory().resolve(Vocabulary.FILE))) {
            readable.put(name, parent);
          }
        });
  }

  /**
   * Why rows cannot be merged by number, in a sentence; empty where they can, or where there is no
   * tokenizer to tell by.
   *
   * @throws InputException when a tokenizer.json cannot be read
   */
  Optional<String> disagreement() {
    String base = parents.keySet().iterator().next();
    if (!readable.containsKey(base) || parents.size() == 1) {
      return Optional.empty();
    }
    List<Alignment.Parent> known = Alignment.parents(readable);
    for (Alignment.Parent other : known.subList(1, known.size())) {
      List<TokenAgreement.Clash> clashes = new TokenAgreement(known.get(0), other).clashes();
      if (!clashes.isEmpty()) {
        return Optional.of(sentence(known.get(0), other, clashes));
      }
    }
    return outrun(known.get(0));
  }

  private static String sentence(
      Alignment.Parent base, Alignment.Parent other, List<TokenAgreement.Clash> clashes) {
    String shown =
        clashes.stream()
            .limit(SHOWN)
            .map(
                clash ->
                    "%d is %s and %s"
                        .formatted(
                            clash.row(),
                            AlignmentNotes.shown(clash.token()),
                            clash.other().map(AlignmentNotes::shown).orElse("no token")))
            .collect(Collectors.joining(", "));
    return "%s and %s have other tokens in %,d of their rows: %s%s."
        .formatted(
            base.name(),
            other.name(),
            clashes.size(),
            shown,
            clashes.size() > SHOWN ? ", ..." : "");
  }

  /** By number the merge has as many rows as the parent with the fewest. */
  private Optional<String> outrun(Alignment.Parent base) {
    int tokens = Alignment.withRows(base).byId().length;
    return parents.entrySet().stream()
        .filter(parent -> rows(parent.getValue()) < tokens)
        .findFirst()
        .map(
            parent ->
                "%s has %,d rows, fewer than the %,d tokens of %s."
                    .formatted(parent.getKey(), rows(parent.getValue()), tokens, base.name()));
  }

  private static int rows(Checkpoint parent) {
    return parent.config().at("vocab_size").integer(1, Alignment.MOST_ROWS);
  }

  /**
   * The alignment of all parents to the base's tokens.
   *
   * @param why the sentence that asks for it
   * @throws InputException when a parent has no tokenizer.json
   */
  Alignment aligned(String why) {
    for (Map.Entry<String, Checkpoint> parent : parents.entrySet()) {
      if (!readable.containsKey(parent.getKey())) {
        throw new InputException(
            """
            %s And %s has no %s, so that its rows cannot be aligned by token.
            Maybe save its tokenizer there (transformers' save_pretrained)."""
                .formatted(why, parent.getValue().directory(), Vocabulary.FILE));
      }
    }
    return Alignment.of(parents, Optional.of(parents.keySet().iterator().next()));
  }
}
