package jsearch.run;

import java.util.List;
import java.util.function.Function;
import jsearch.schedule.Schedule;
import jsearch.study.Selection;
import jsearch.study.Trial;

/**
 * The merges of a search for two objectives that no other beats on both, on the search items.
 *
 * @param confirmed the best of them by the one number that the optimizer was told, the winner
 *     first, scored on the confirm items too
 * @param others the rest, in the same order
 * @param beaten the complete merges that are not of the set, in the order begun
 */
public record ParetoSet(List<Finalist> confirmed, List<Other> others, List<Trial> beaten) {
  /** More are not scored on the confirm items, which costs as much as several trials each. */
  public static final int MOST_CONFIRMED = 8;

  /** A merge of the set that is not scored on the confirm items. */
  public record Other(Trial trial, Schedule schedule) {}

  public ParetoSet {
    confirmed = List.copyOf(confirmed);
    others = List.copyOf(others);
    beaten = List.copyOf(beaten);
    if (confirmed.isEmpty() || confirmed.size() > MOST_CONFIRMED) {
      throw new IllegalArgumentException(confirmed.size() + " merges confirmed");
    }
  }

  /**
   * Selects among a study's trials, of which one merge is complete at least.
   *
   * @param finalist a trial's scores on both splits
   */
  static ParetoSet of(
      List<Trial> trials, Function<Trial, Finalist> finalist, Function<Trial, Schedule> schedule) {
    List<Trial> set = Selection.paretoSet(trials);
    return new ParetoSet(
        toConfirm(trials).stream().map(finalist).toList(),
        set.stream()
            .skip(MOST_CONFIRMED)
            .map(trial -> new Other(trial, schedule.apply(trial)))
            .toList(),
        Selection.merges(trials).stream()
            .filter(trial -> trial.state() == Trial.State.COMPLETE && !set.contains(trial))
            .toList());
  }

  /** The members that are scored on the confirm items, the winner first. */
  static List<Trial> toConfirm(List<Trial> trials) {
    return Selection.paretoSet(trials).stream().limit(MOST_CONFIRMED).toList();
  }

  /** Number of merges in the set. */
  public int size() {
    return confirmed.size() + others.size();
  }
}
