package jsearch.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void theHighestObjectiveWins() {
    List<Trial> trials =
        List.of(
            complete(0, Origin.parent("base"), -3),
            failed(1),
            complete(2, Origin.PROPOSAL, -1),
            complete(3, Origin.baseline("L"), -2));
    assertEquals(2, Selection.of(trials).winner().number());
  }

  @Test
  void theEarlierTrialWinsAnExactTie() {
    List<Trial> trials =
        List.of(
            complete(0, Origin.global("half"), -0.0),
            complete(1, Origin.global("more"), 0.0),
            complete(2, Origin.PROPOSAL, 0.0));
    assertEquals(0, Selection.of(trials).winner().number());
  }

  @Test
  void theBestGlobalIsSoughtAmongGlobalsOnly() {
    List<Trial> trials =
        List.of(
            complete(0, Origin.parent("base"), 9),
            complete(1, Origin.global("half"), 1),
            complete(2, Origin.global("more"), 2),
            complete(3, Origin.PROPOSAL, 8));
    assertEquals(Optional.of(trials.get(2)), Selection.of(trials).bestGlobal());
  }

  @Test
  void aParentIsNoMergeAndCannotWin() {
    List<Trial> trials =
        List.of(
            complete(0, Origin.parent("base"), 9),
            complete(1, Origin.parent("donor"), 8),
            complete(2, Origin.PROPOSAL, 3));
    assertEquals(2, Selection.of(trials).winner().number());
    assertThrows(StudyException.class, () -> Selection.of(trials.subList(0, 2)));
  }

  @Test
  void proposalsSinceTheBestMergeAreCountedWhateverBecameOfThem() {
    Candidate proposal = Candidate.proposal(List.of(0.5), List.of());
    List<Trial> trials =
        List.of(
            complete(0, Origin.parent("base"), 9),
            complete(1, Origin.PROPOSAL, 3),
            complete(2, Origin.PROPOSAL, 3),
            new Trial(3, proposal, Trial.State.FAIL, Optional.empty(), Map.of()),
            complete(4, Origin.global("half"), 2),
            failed(5),
            new Trial(6, proposal, Trial.State.RUNNING, Optional.empty(), Map.of()));
    assertEquals(2, Selection.sinceBest(trials));
    assertEquals(0, Selection.sinceBest(trials.subList(0, 2)), "a parent is no merge to beat");
    assertEquals(0, Selection.sinceBest(List.of()));
  }

  @Test
  void withoutACompleteTrialThereIsNothingToSelect() {
    StudyException e = assertThrows(StudyException.class, () -> Selection.of(List.of(failed(0))));
    assertEquals(
        "None of 1 merges could be scored, expected at least one to choose from.", e.getMessage());
  }

  @Test
  void theParetoSetIsWhatNoOtherMergeBeatsOnBothScores() {
    List<Trial> trials =
        List.of(
            twofold(0, Origin.parent("base"), 9, 1, 1),
            twofold(1, Origin.global("half"), 3, 0.5, 0.5),
            failed(2),
            twofold(3, Origin.PROPOSAL, 2, 0.8, 0.2),
            twofold(4, Origin.PROPOSAL, 5, 0.6, 0.6),
            twofold(5, Origin.PROPOSAL, 1, 0.6, 0.5),
            twofold(6, Origin.baseline("L"), 4, 0.1, 0.9));
    assertEquals(List.of(4, 6, 3), numbers(Selection.paretoSet(trials)));
    assertEquals(4, Selection.of(trials).winner().number());
  }

  @Test
  void ofMergesWithTheSameTwoScoresTheBestStandsForAll() {
    List<Trial> trials =
        List.of(
            twofold(0, Origin.PROPOSAL, 1, 0.5, 0.5),
            twofold(1, Origin.PROPOSAL, 2, 0.5, 0.5),
            twofold(2, Origin.PROPOSAL, 2, 0.5, 0.5));
    assertEquals(List.of(1), numbers(Selection.paretoSet(trials)));
  }

  private static List<Integer> numbers(List<Trial> trials) {
    return trials.stream().map(Trial::number).toList();
  }

  private static Trial twofold(
      int number, Origin origin, double objective, double first, double second) {
    Outcome outcome = new Outcome(objective, objective, 0.1, 4, List.of(first, second));
    return complete(number, origin, outcome);
  }

  private static Trial complete(int number, Origin origin, double objective) {
    return complete(number, origin, Examples.outcome(objective));
  }

  private static Trial complete(int number, Origin origin, Outcome outcome) {
    return new Trial(
        number,
        new Candidate(origin, origin.equals(Origin.PROPOSAL) ? List.of(0.5) : List.of(), List.of()),
        Trial.State.COMPLETE,
        Optional.of(outcome),
        Map.of());
  }

  private static Trial failed(int number) {
    return new Trial(
        number,
        Candidate.known(Origin.baseline("broken")),
        Trial.State.FAIL,
        Optional.empty(),
        Map.of());
  }
}
