package jsearch.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the tokens of two parents stand to each other, row by row of their embeddings.
 *
 * @param base the parent whose numbers count
 * @param other the one that is compared with it
 */
record TokenAgreement(Alignment.Parent base, Alignment.Parent other) {
  /**
   * A token of the base whose row is another token's in the other, or that has another row there.
   */
  record Clash(int row, String token, Optional<String> other) {}

  /** Whether both have the same tokens in the same rows, and equally many rows. */
  boolean isWhole() {
    return base.rows() == other.rows()
        && (base.vocabulary() == other.vocabulary() || tokens(base).equals(tokens(other)));
  }

  /** Whether the other has added tokens that the base lacks, and lacks none but such. */
  boolean isExtended() {
    List<String> more = tokens(other).keySet().stream().filter(token -> !base.has(token)).toList();
    return !more.isEmpty() && other.vocabulary().added().keySet().containsAll(more);
  }

  /** The rows where a merge by number would mix different tokens, in their order. */
  List<Clash> clashes() {
    if (base.vocabulary() == other.vocabulary()) {
      return List.of();
    }
    String[] others = other.vocabulary().byId();
    List<Clash> clashes = new ArrayList<>();
    tokens(base)
        .forEach(
            (token, row) -> {
              Optional<String> there =
                  row < others.length && row < other.rows()
                      ? Optional.ofNullable(others[row])
                      : Optional.empty();
              boolean elsewhere = other.row(token).filter(own -> !own.equals(row)).isPresent();
              if (elsewhere || there.filter(name -> !name.equals(token)).isPresent()) {
                clashes.add(new Clash(row, token, there));
              }
            });
    return clashes;
  }

  private static Map<String, Integer> tokens(Alignment.Parent parent) {
    Map<String, Integer> tokens = new LinkedHashMap<>(parent.vocabulary().ids());
    tokens.values().removeIf(id -> id >= parent.rows());
    return tokens;
  }
}
