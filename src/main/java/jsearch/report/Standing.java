package jsearch.report;

import java.util.List;
import java.util.Optional;
import jsearch.study.Origin;
import jsearch.study.Selection;
import jsearch.study.Trial;

/**
 * How a search stands by its records alone: scores on the search items, of which none is confirmed.
 *
 * @param base the base, once it is scored
 * @param donor the donor, once it is scored
 * @param bestGlobal the best global SLERP so far
 * @param best the best merge so far, known schedules among them
 */
public record Standing(
    Optional<Trial> base, Optional<Trial> donor, Optional<Trial> bestGlobal, Optional<Trial> best) {

  /** What to say below the table of a search that is not finished. */
  public static final String NOTHING_CONFIRMED =
      "Scores on the search items with 95% intervals; nothing is confirmed yet.\n";

  /** What these trials, in the order begun, have shown. */
  public static Standing of(List<Trial> trials) {
    return new Standing(
        parent(trials, Origin.BASE),
        parent(trials, Origin.DONOR),
        Selection.incumbentGlobal(trials),
        Selection.incumbent(trials));
  }

  private static Optional<Trial> parent(List<Trial> trials, Origin origin) {
    return trials.stream()
        .filter(trial -> trial.candidate().origin().equals(origin))
        .filter(trial -> trial.outcome().isPresent())
        .findFirst();
  }

  /** The table of them. */
  public String text() {
    Table table = new Table().row("", "", "search");
    row(table, "base", base);
    row(table, "donor", donor);
    row(table, "best global", bestGlobal);
    row(table, "best", best);
    return table.text();
  }

  private static void row(Table table, String role, Optional<Trial> trial) {
    table.row(role, trial.map(Figures::name).orElse(""), trial.map(Figures::score).orElse("?"));
  }
}
