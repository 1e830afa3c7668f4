package jsearch.report;

import java.util.Optional;
import jsearch.compat.Decision;
import jsearch.eval.Interval;
import jsearch.eval.PairedDifference;
import jsearch.eval.Split;
import jsearch.run.Finalist;
import jsearch.run.Verdict;

/** What S advised before a search, beside what came out. */
final class Advice {
  private final Decision decision;
  private final Finalist winner;
  private final Optional<Finalist> global;

  Advice(Verdict verdict) {
    decision = verdict.compatibility().decision();
    winner = verdict.winner();
    global = verdict.bestGlobal();
  }

  /** What was advised and what beats what on confirm, in one line. */
  String text() {
    Optional<PairedDifference> lead =
        global
            .filter(best -> !best.equals(winner))
            .map(best -> Verdict.difference(winner, best, Split.CONFIRM));
    return "S advised %s. %s.\n"
        .formatted(decision.merge().words(), lead.map(Advice::outcome).orElseGet(this::noContest));
  }

  private static String outcome(PairedDifference lead) {
    Interval interval = lead.estimate().interval95();
    String by = Figures.difference(lead);
    if (interval.low() > 0) {
      return "The layer-adaptive winner beats the best global SLERP by %s on confirm".formatted(by);
    }
    String apart = "The layer-adaptive winner differs from the best global SLERP by %s on confirm";
    return interval.high() < 0
        ? (apart + ", so global is the better choice").formatted(by)
        : (apart + "; the interval includes 0, so global remains the safer choice").formatted(by);
  }

  private String noContest() {
    return global.isPresent()
        ? "The winner on the search items is a global SLERP, " + Figures.name(winner.trial())
        : "No global SLERP could be scored";
  }
}
