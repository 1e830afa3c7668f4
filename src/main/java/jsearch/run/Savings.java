package jsearch.run;

import java.util.List;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Trial;

/**
 * What a race has saved.
 *
 * @param proposals proposals that have been scored, whole or in part
 * @param dropped those that were dropped on the way
 * @param items search items that the proposals have together
 * @param saved items that were never scored
 */
public record Savings(int proposals, int dropped, long items, long saved) {
  /**
   * Counts by a study's trials.
   *
   * @param whole search items of one trial
   */
  static Savings of(List<Trial> trials, int whole) {
    List<Trial> proposals =
        trials.stream()
            .filter(trial -> trial.candidate().origin().equals(Origin.PROPOSAL))
            .filter(trial -> trial.outcome().isPresent())
            .toList();
    long scored =
        proposals.stream()
            .map(trial -> trial.outcome().orElseThrow())
            .mapToLong(Outcome::items)
            .sum();
    long items = (long) proposals.size() * whole;
    int dropped =
        (int) proposals.stream().filter(trial -> trial.state() == Trial.State.PRUNED).count();
    return new Savings(proposals.size(), dropped, items, items - scored);
  }
}
