package jsearch.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Continuations of one context in one row: the context once, then a branch for each way to go on.
 *
 * <p>The last token of a continuation is never fed in, as nothing is asked after it: so branches
 * that differ in it alone are one, and those of one token need none at all.
 *
 * @param context token ids of what all go on from
 * @param items numbers of the continuations
 * @param branches what is fed in after the context, all different, none empty
 */
record Branching(List<Integer> context, List<Integer> items, List<List<Integer>> branches) {
  /** Rows apart are run where their tokens are not this many times those of one row. */
  private static final double WORTH = 1.25;

  Branching {
    items = List.copyOf(items);
    branches = List.copyOf(branches);
  }

  /** Tokens of the row. */
  int length() {
    return context.size() + branches.stream().mapToInt(List::size).sum();
  }

  /** Whether a mask is needed: one way to go on is a plain text. */
  boolean isBranched() {
    return branches.size() > 1;
  }

  /** What is fed in after the context. */
  static List<Integer> fed(Continuation one) {
    return one.continuation().subList(0, one.continuation().size() - 1);
  }

  /**
   * Rows for all continuations, each item in one of them.
   *
   * @param most tokens of a row that more than one branch makes so long
   * @param reach the longest text by which rotary frequencies do not depend; 0 for any
   */
  static List<Branching> of(List<Continuation> continuations, int most, int reach) {
    Map<List<Integer>, List<Integer>> byContext = new LinkedHashMap<>();
    for (int i = 0; i < continuations.size(); i++) {
      byContext
          .computeIfAbsent(continuations.get(i).context(), context -> new ArrayList<>())
          .add(i);
    }
    List<Branching> rows = new ArrayList<>();
    byContext.forEach(
        (context, items) -> rows.addAll(of(context, items, continuations, most, reach)));
    return rows;
  }

  private static List<Branching> of(
      List<Integer> context,
      List<Integer> items,
      List<Continuation> continuations,
      int most,
      int reach) {
    Map<List<Integer>, List<Integer>> byBranch = new LinkedHashMap<>();
    for (int item : items) {
      byBranch.computeIfAbsent(fed(continuations.get(item)), branch -> new ArrayList<>()).add(item);
    }
    List<Branching> rows = new ArrayList<>();
    Set<List<Integer>> group = new LinkedHashSet<>();
    int length = context.size();
    for (List<Integer> branch : byBranch.keySet()) {
      if (group.stream().anyMatch(b -> !b.isEmpty()) && length + branch.size() > most) {
        rows.addAll(row(context, group, byBranch, reach));
        group = new LinkedHashSet<>();
        length = context.size();
      }
      group.add(branch);
      length += branch.size();
    }
    rows.addAll(row(context, group, byBranch, reach));
    return rows;
  }

  /** One row of these branches, or a row for each where that is quicker or the only right way. */
  private static List<Branching> row(
      List<Integer> context,
      Collection<List<Integer>> branches,
      Map<List<Integer>, List<Integer>> items,
      int reach) {
    Branching shared = row(context, branches, items);
    int longest = shared.branches.stream().mapToInt(List::size).max().orElse(0);
    int apart = shared.branches.stream().mapToInt(b -> context.size() + b.size()).sum();
    boolean exact = reach == 0 || context.size() + longest <= reach;
    if (!shared.isBranched() || (exact && apart >= WORTH * shared.length())) {
      return List.of(shared);
    }
    return branches.stream().map(branch -> row(context, List.of(branch), items)).toList();
  }

  private static Branching row(
      List<Integer> context,
      Collection<List<Integer>> branches,
      Map<List<Integer>, List<Integer>> items) {
    return new Branching(
        context,
        branches.stream().flatMap(branch -> items.get(branch).stream()).toList(),
        branches.stream().filter(branch -> !branch.isEmpty()).toList());
  }

  /** All token ids, branch after branch. */
  List<Integer> ids() {
    List<Integer> ids = new ArrayList<>(context);
    branches.forEach(ids::addAll);
    return ids;
  }

  /** The cell of each token in its own text: branches all go on from the context's end. */
  int[] positions() {
    return IntStream.concat(
            IntStream.range(0, context.size()),
            branches.stream()
                .flatMapToInt(b -> IntStream.range(context.size(), context.size() + b.size())))
        .toArray();
  }

  /** The branch of each token, from 1 on; 0 in the context. */
  int[] numbers() {
    return IntStream.concat(
            IntStream.range(0, context.size()).map(i -> 0),
            IntStream.range(0, branches.size())
                .flatMap(b -> branches.get(b).stream().mapToInt(token -> b + 1)))
        .toArray();
  }

  /** The cells of the row after which the tokens of a continuation are asked for. */
  int[] cells(Continuation one) {
    List<Integer> fed = fed(one);
    int first = context.size();
    for (List<Integer> branch : branches) {
      if (branch.equals(fed)) {
        break;
      }
      first += branch.size();
    }
    int start = first;
    return IntStream.concat(
            IntStream.of(context.size() - 1), IntStream.range(0, fed.size()).map(i -> start + i))
        .toArray();
  }
}
