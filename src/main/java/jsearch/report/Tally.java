package jsearch.report;

import java.util.List;
import java.util.OptionalInt;
import jsearch.study.Origin;
import jsearch.study.Trial;

/**
 * How many trials are finished of how many: proposals, and the known schedules beside them.
 *
 * @param proposals finished proposals
 * @param budget proposals that the search may make
 * @param known finished trials of parents and known schedules
 * @param allKnown how many of these there are; empty where that cannot be told
 */
record Tally(int proposals, int budget, int known, OptionalInt allKnown) {
  /**
   * The tally of these trials.
   *
   * @param total all that the search may have, known ones among them
   */
  static Tally of(List<Trial> trials, int budget, OptionalInt total) {
    List<Trial> finished = trials.stream().filter(Trial::finished).toList();
    int proposals = (int) finished.stream().filter(Tally::isProposal).count();
    OptionalInt allKnown =
        total.isPresent() ? OptionalInt.of(total.getAsInt() - budget) : OptionalInt.empty();
    return new Tally(proposals, budget, finished.size() - proposals, allKnown);
  }

  private static boolean isProposal(Trial trial) {
    return trial.candidate().origin().equals(Origin.PROPOSAL);
  }

  /** Known schedules that are still to be tried. */
  int knownLeft() {
    return Math.max(0, allKnown.orElse(known) - known);
  }

  /** Such as {@code 6/32 + 11 known}, or {@code 0/32 + 5/11 known} at the beginning. */
  @Override
  public String toString() {
    String all = knownLeft() > 0 ? "/" + allKnown.getAsInt() : "";
    return "%d/%d + %d%s known".formatted(proposals, budget, known, all);
  }
}
