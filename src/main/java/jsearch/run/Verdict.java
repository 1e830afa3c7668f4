package jsearch.run;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * @param pareto the merges that no other beats, where there are two objectives
 */
public record Verdict(
    Finalist base,
    Finalist donor,
    Optional<Finalist> bestGlobal,
    Finalist winner,
    Compatibility compatibility,
    Optional<ParetoSet> pareto) {
  /** Their trials come before those of merges. */
  private static final int PARENTS = 2;

  private record Scored(Scores search, Scores confirm) {}

  /** A verdict on one objective. */
  public Verdict(
      Finalist base,
      Finalist donor,
      Optional<Finalist> bestGlobal,
      Finalist winner,
      Compatibility compatibility) {
    this(base, donor, bestGlobal, winner, compatibility, Optional.empty());
  }

  /**
   * Selects on the search items and scores the selected on the confirm items.
   *
   * @param workbenches alike; they score side by side
   * @throws StudyException when a parent or every merge failed, or none was tried
   */
  static Verdict of(
      Study study, Scoring scoring, List<Workbench> workbenches, Compatibility compatibility) {
    Trial base = parent(study, Origin.BASE);
    Trial donor = parent(study, Origin.DONOR);
    if (finished(study) <= PARENTS) {
      throw tooEarly(study, "no merge is scored");
    }
    Selection selection = Selection.of(study.trials());
    Set<Trial> selected = new LinkedHashSet<>(List.of(base, donor, selection.winner()));
    selection.bestGlobal().ifPresent(selected::add);
    if (!study.axes().isEmpty()) {
      selected.addAll(ParetoSet.toConfirm(study.trials()));
    }
    Map<Trial, Scored> scored = score(selected, scoring, workbenches);
    Scores baseConfirm = scored.get(base).confirm();
    Scores donorConfirm = scored.get(donor).confirm();
    Function<Trial, Finalist> finalist =
        trial ->
            new Finalist(
                trial,
                scoring.schedule(trial),
                scored.get(trial).search(),
                scored.get(trial).confirm().against(baseConfirm, donorConfirm));
    return new Verdict(
        finalist.apply(base),
        finalist.apply(donor),
        selection.bestGlobal().map(finalist),
        finalist.apply(selection.winner()),
        compatibility,
        study.axes().isEmpty()
            ? Optional.empty()
            : Optional.of(ParetoSet.of(study.trials(), finalist, scoring::schedule)));
  }

  private static Map<Trial, Scored> score(
      Set<Trial> selected, Scoring scoring, List<Workbench> workbenches) {
    try (Staff<Workbench> staff = new Staff<>(workbenches)) {
      Iterator<Scored> scores =
          staff
              .each(
                  selected,
                  (workbench, trial) ->
                      workbench.work(
                          () -> false,
                          () ->
                              new Scored(
                                  scoring.searchScores(workbench, trial),
                                  scoring.score(workbench, trial, Split.CONFIRM))))
              .iterator();
      Map<Trial, Scored> scored = new HashMap<>();
      selected.forEach(trial -> scored.put(trial, scores.next()));
      return scored;
    }
  }

  private static long finished(Study study) {
    return study.trials().stream().filter(Trial::finished).count();
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
            .formatted(finished(study), missing, study.resumeCommand()));
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

  /**
   * Whether the 95% interval of the winner's lead over the best parent on confirm is above 0.
   *
   * <p>Where there are two objectives: of its gains over the better parent of each, both.
   */
  public boolean betterThanParents() {
    Scores scores = winner.confirm();
    if (pareto.isPresent()) {
      return scores.axes().stream()
          .allMatch(axis -> scores.gain(axis).estimate().interval95().low() > 0);
    }
    return difference(winner, bestParent(), Split.CONFIRM).estimate().interval95().low() > 0;
  }
}
