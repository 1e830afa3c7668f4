package jsearch.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jsearch.compat.Compatibility;
import jsearch.eval.PairedDifference;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.study.Origin;
import jsearch.study.Selection;
import jsearch.study.Study;
import jsearch.study.StudyException;
import jsearch.study.Trial;

/**
 * How a search ended: the winner beside its parents and the best global SLERP.
 *
 * <p>The winner is the best of all merges on the search items. The best of many noisy scores is
 * biased upward, so it is judged on the confirm items, by paired differences.
 *
 * @param base the base itself
 * @param donor the donor itself
 * @param bestGlobal the best known global SLERP, where one could be scored
 * @param winner the best merge, known schedules among them
 * @param compatibility how well the parents fit
 */
public record Verdict(
    Finalist base,
    Finalist donor,
    Optional<Finalist> bestGlobal,
    Finalist winner,
    Compatibility compatibility) {
  /** The parents' trials come before those of merges. */
  private static final int MERGES_AFTER = 2;

  /**
   * Selects on the search items and scores the selected on the confirm items.
   *
   * @throws StudyException when a parent or every merge failed
   */
  static Verdict of(
      Study study, Scoring scoring, Workbench workbench, Compatibility compatibility) {
    Trial base = parent(study, KnownSchedules.BASE);
    Trial donor = parent(study, KnownSchedules.DONOR);
    if (study.trials().stream().filter(Trial::finished).count() < MERGES_AFTER + 1) {
      throw tooEarly(study, "no merge is scored");
    }
    Selection selection = Selection.of(study.trials());
    Scores baseConfirm = confirm(base, scoring, workbench);
    Scores donorConfirm = confirm(donor, scoring, workbench);
    Map<Trial, Finalist> finalists = new HashMap<>();
    Function<Trial, Finalist> finalist =
        trial -> {
          Scores confirm =
              trial.equals(base)
                  ? baseConfirm
                  : trial.equals(donor) ? donorConfirm : confirm(trial, scoring, workbench);
          return new Finalist(
              trial,
              scoring.schedule(trial),
              scoring.searchScores(workbench, trial),
              confirm.against(baseConfirm, donorConfirm));
        };
    Finalist winner = finalists.computeIfAbsent(selection.winner(), finalist);
    return new Verdict(
        finalists.computeIfAbsent(base, finalist),
        finalists.computeIfAbsent(donor, finalist),
        selection.bestGlobal().map(trial -> finalists.computeIfAbsent(trial, finalist)),
        winner,
        compatibility);
  }

  private static Scores confirm(Trial trial, Scoring scoring, Workbench workbench) {
    return workbench.score(scoring.schedule(trial), Split.CONFIRM);
  }

  private static Trial parent(Study study, Origin origin) {
    Trial parent =
        study
            .find(origin)
            .filter(Trial::finished)
            .orElseThrow(() -> tooEarly(study, "the %s is not scored".formatted(origin.name())));
    if (parent.outcome().isEmpty()) {
      throw new StudyException(
          "The %s could not be scored, so there is nothing to compare with."
              .formatted(origin.name()));
    }
    return parent;
  }

  /** Ended by a limit before there was anything to compare. */
  private static StudyException tooEarly(Study study, String missing) {
    return new StudyException(
        """
        The search ended after %d trials: %s, expected both parents and at least one merge.
        Maybe give it more time: %s --time-limit 1h"""
            .formatted(
                study.trials().stream().filter(Trial::finished).count(),
                missing,
                study.resumeCommand()));
  }

  /** The parent with the higher score on the search items, the base on a tie. */
  public Finalist bestParent() {
    return donor.trial().objective() > base.trial().objective() ? donor : base;
  }

  /** How much a finalist scores above another on the items of a split. */
  public static PairedDifference difference(Finalist a, Finalist b, Split split) {
    return split == Split.SEARCH
        ? PairedDifference.between(a.search(), b.search())
        : PairedDifference.between(a.confirm(), b.confirm());
  }

  /** Whether the 95% interval of the winner's lead over the best parent on confirm is above 0. */
  public boolean betterThanParents() {
    return difference(winner, bestParent(), Split.CONFIRM).estimate().interval95().low() > 0;
  }
}
