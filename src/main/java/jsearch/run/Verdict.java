package jsearch.run;

import java.util.List;
import java.util.Optional;
import jsearch.compat.Compatibility;
import jsearch.eval.PairedDifference;
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
    Standing base,
    Standing donor,
    Optional<Standing> bestGlobal,
    Standing winner,
    Compatibility compatibility) {

  /**
   * Selects on the search items and scores the selected on the confirm items.
   *
   * @throws StudyException when a parent or every merge failed
   */
  public static Verdict of(
      Study study, Search search, Workbench workbench, Compatibility compatibility) {
    List<Trial> merges =
        study.trials().stream()
            .filter(trial -> !trial.candidate().origin().equals(Search.BASE))
            .filter(trial -> !trial.candidate().origin().equals(Search.DONOR))
            .toList();
    Selection selection = Selection.of(merges);
    Standing winner = stand(selection.winner(), search, workbench);
    Optional<Standing> bestGlobal =
        selection
            .bestGlobal()
            .map(
                trial ->
                    trial.equals(selection.winner()) ? winner : stand(trial, search, workbench));
    return new Verdict(
        stand(parent(study, Search.BASE), search, workbench),
        stand(parent(study, Search.DONOR), search, workbench),
        bestGlobal,
        winner,
        compatibility);
  }

  private static Trial parent(Study study, Origin origin) {
    return study
        .find(origin)
        .filter(trial -> trial.outcome().isPresent())
        .orElseThrow(
            () ->
                new StudyException(
                    "The %s could not be scored, so there is nothing to compare with."
                        .formatted(origin.name())));
  }

  private static Standing stand(Trial trial, Search search, Workbench workbench) {
    return new Standing(
        trial,
        search.schedule(trial),
        search.searchScores(trial),
        workbench.score(search.schedule(trial), Split.CONFIRM));
  }

  /** The parent with the higher score on the search items, the base on a tie. */
  public Standing bestParent() {
    return donor.trial().objective() > base.trial().objective() ? donor : base;
  }

  /** How much a standing scores above another on the items of a split. */
  public static PairedDifference difference(Standing a, Standing b, Split split) {
    return split == Split.SEARCH
        ? PairedDifference.between(a.search(), b.search())
        : PairedDifference.between(a.confirm(), b.confirm());
  }

  /** Whether the winner's advantage over the best parent on confirm is above 0 with 95%. */
  public boolean betterThanParents() {
    return difference(winner, bestParent(), Split.CONFIRM).estimate().interval95().low() > 0;
  }
}
