package jsearch.study;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The trials worth a second look: on a tie of objectives the earlier trial wins.
 *
 * @param winner the best complete merge, known schedules among them; a parent is no merge
 * @param bestGlobal the best known schedule with one t for every tensor, where one is complete
 */
public record Selection(Trial winner, Optional<Trial> bestGlobal) {
  /**
   * Selects among a study's trials, given in the order begun.
   *
   * @throws StudyException when no merge is complete
   */
  public static Selection of(List<Trial> trials) {
    List<Trial> merges = merges(trials);
    Trial winner =
        best(merges)
            .orElseThrow(
                () ->
                    new StudyException(
                        "None of %d merges could be scored, expected at least one to choose from."
                            .formatted(merges.size())));
    return new Selection(winner, incumbentGlobal(trials));
  }

  /**
   * The best compromises of two scores, the highest objective first: complete merges of which no
   * other is as good on both scores and better on one.
   *
   * <p>Of merges with the same two scores the one with the highest objective stands for all.
   */
  public static List<Trial> paretoSet(List<Trial> trials) {
    List<Trial> complete =
        merges(trials).stream().filter(trial -> trial.state() == Trial.State.COMPLETE).toList();
    return complete.stream()
        .filter(trial -> isUnbeaten(trial, complete))
        .sorted(Comparator.comparingDouble(Trial::objective).reversed())
        .toList();
  }

  /** Whether no other of these merges beats this complete one, as {@link #paretoSet} has it. */
  public static boolean isUnbeaten(Trial trial, List<Trial> others) {
    return merges(others).stream()
        .filter(other -> other.state() == Trial.State.COMPLETE)
        .noneMatch(other -> beats(other, trial));
  }

  private static boolean beats(Trial a, Trial b) {
    Outcome one = a.outcome().orElseThrow();
    Outcome other = b.outcome().orElseThrow();
    boolean earlierTwin =
        one.axes().equals(other.axes())
            && one.objective() == other.objective()
            && a.number() < b.number();
    return one.dominates(other) || earlierTwin;
  }

  /** The best complete merge so far, where there is one: the one to beat. */
  public static Optional<Trial> incumbent(List<Trial> trials) {
    return best(merges(trials));
  }

  /** The best complete known schedule so far with one t for every tensor, where there is one. */
  public static Optional<Trial> incumbentGlobal(List<Trial> trials) {
    return best(
        trials.stream()
            .filter(trial -> trial.candidate().origin().kind() == Origin.Kind.GLOBAL)
            .toList());
  }

  /** How many proposals in a row, the latest ones, were no better than the best merge so far. */
  public static int sinceBest(List<Trial> trials) {
    double best = Double.NEGATIVE_INFINITY;
    int worse = 0;
    for (Trial trial : merges(trials)) {
      if (trial.state() == Trial.State.COMPLETE && trial.objective() > best) {
        best = trial.objective();
        worse = 0;
      } else if (trial.finished() && trial.candidate().origin().equals(Origin.PROPOSAL)) {
        worse++;
      }
    }
    return worse;
  }

  /** The trials that are no parents. */
  public static List<Trial> merges(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.candidate().origin().kind() != Origin.Kind.PARENT)
        .toList();
  }

  /** The complete trial with the highest objective, the earlier on a tie. */
  private static Optional<Trial> best(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.state() == Trial.State.COMPLETE)
        .reduce((best, trial) -> trial.objective() > best.objective() ? trial : best);
  }
}
