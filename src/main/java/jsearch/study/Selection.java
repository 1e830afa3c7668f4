package jsearch.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trials worth a second look: on a tie of objectives the earlier trial wins.
 *
 * @param winner the best of all complete trials, parents and known schedules among them
 * @param bestGlobal the best known schedule with one t for every tensor, where one is complete
 * @param parents the complete trials of the parents, in the order begun
 */
public record Selection(Trial winner, Optional<Trial> bestGlobal, List<Trial> parents) {
  public Selection {
    parents = List.copyOf(parents);
  }

  /**
   * Selects among a study's trials, given in the order begun.
   *
   * @throws StudyException when none is complete
   */
  public static Selection of(List<Trial> trials) {
    Trial winner =
        best(trials)
            .orElseThrow(
                () ->
                    new StudyException(
                        "None of %d trials is complete, expected at least one to choose from."
                            .formatted(trials.size())));
    return new Selection(
        winner,
        best(of(Origin.Kind.GLOBAL, trials).toList()),
        of(Origin.Kind.PARENT, trials).filter(trial -> trial.outcome().isPresent()).toList());
  }

  /** The complete trial with the highest objective, the earlier on a tie. */
  public static Optional<Trial> best(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.outcome().isPresent())
        .reduce((best, trial) -> trial.objective() > best.objective() ? trial : best);
  }

  private static Stream<Trial> of(Origin.Kind kind, List<Trial> trials) {
    return trials.stream().filter(trial -> trial.candidate().origin().kind() == kind);
  }
}
