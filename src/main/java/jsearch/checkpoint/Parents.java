package jsearch.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import jsearch.document.InputException;

/**
 * Two checkpoints that can be merged: one architecture, the same tensors, the same shapes.
 *
 * <p>Heads follow mergekit's rule: if one parent has {@code lm_head.weight}, the candidate has it,
 * and a parent without gives its embedding in its place. Formats may differ between the parents.
 *
 * @param base the parent at t = 0; where configs differ, its values win
 * @param donor the parent at t = 1
 */
public record Parents(Checkpoint base, Checkpoint donor) {
  private static final String HEAD = TensorName.HEAD.text();
  private static final int SHOWN = 3;

  /** A tensor of the candidate and the two tensors, of one shape, that it is merged from. */
  public record Pair(TensorName name, TensorInfo base, TensorInfo donor) {}

  /**
   * Checks that the two fit together.
   *
   * @throws InputException naming the first thing that differs, both values, both directories
   */
  public Parents {
    Agreement.require(base, donor);
    Agreement.requireSameLayers(base, donor);
    requireAllOf(donor, base);
    requireAllOf(base, donor);
    pairs(base, donor).forEach(pair -> requireSameShape(pair, base, donor));
  }

  /** The tensors of the candidate, in the order of their names. */
  public List<Pair> pairs() {
    return pairs(base, donor);
  }

  /** Differences that do not forbid a merge but that a person should know, a sentence each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(base.warnings());
    warnings.addAll(donor.warnings());
    warnings.addAll(Agreement.warnings(base, donor));
    if (base.tensors().containsKey(HEAD) != donor.tensors().containsKey(HEAD)) {
      Checkpoint without = base.tensors().containsKey(HEAD) ? donor : base;
      warnings.add(
          "%s has no %s: its embedding stands in, and the merge has a head of its own."
              .formatted(without.directory(), HEAD));
    }
    return List.copyOf(warnings);
  }

  private static List<Pair> pairs(Checkpoint base, Checkpoint donor) {
    SortedSet<String> names = new TreeSet<>(base.tensors().keySet());
    names.addAll(donor.tensors().keySet());
    return names.stream()
        .map(TensorName::new)
        .map(name -> new Pair(name, base.tensorOrTied(name), donor.tensorOrTied(name)))
        .toList();
  }

  private static void requireAllOf(Checkpoint parent, Checkpoint other) {
    List<String> missing =
        other.tensors().keySet().stream()
            .filter(name -> !name.equals(HEAD) && !parent.tensors().containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "%s lacks %d tensors that %s has, expected the same: %s%s."
              .formatted(
                  parent.directory(),
                  missing.size(),
                  other.directory(),
                  String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size()))),
                  missing.size() > SHOWN ? ", ..." : ""));
    }
  }

  private static void requireSameShape(Pair pair, Checkpoint base, Checkpoint donor) {
    List<Long> first = pair.base().shape();
    List<Long> second = pair.donor().shape();
    if (first.equals(second)) {
      return;
    }
    String shapes =
        "tensor %s is %s in %s, but %s in %s."
            .formatted(pair.name().text(), first, base.directory(), second, donor.directory());
    Role role = pair.name().role();
    boolean rowsPerToken = role == Role.EMBEDDING || role == Role.HEAD;
    if (rowsPerToken
        && !first.isEmpty()
        && !second.isEmpty()
        && !first.get(0).equals(second.get(0))) {
      throw new InputException(
          """
          The vocabularies differ: %s
          Maybe choose parents that kept one vocabulary; embeddings are not aligned yet."""
              .formatted(shapes));
    }
    throw new InputException("The shapes differ: " + shapes);
  }
}
