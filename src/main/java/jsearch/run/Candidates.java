package jsearch.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import jsearch.optimize.Optimizer;
import jsearch.schedule.Family;
import jsearch.schedule.Scalar;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Param;
import jsearch.study.Study;
import jsearch.study.Trial;

/** What a search tries: the parents, known schedules, then what the optimizer proposes. */
final class Candidates {
  private final Study study;
  private final Family family;
  private final List<Origin> known;
  private final Optimizer optimizer;

  /** Points that the optimizer has named and that no trial has begun. */
  private final Deque<List<Double>> named = new ArrayDeque<>();

  /** Candidates for this study; those that its trials have evaluated or begun do not come again. */
  Candidates(Study study, Schedules schedules, Optimizer optimizer) {
    this.study = study;
    this.family = schedules.family();
    this.known = List.copyOf(schedules.known().keySet());
    this.optimizer = optimizer;
  }

  /** How many there are together. */
  int total() {
    return known.size() + study.spec().budget();
  }

  /** Whether a trial of each has begun. */
  boolean areSpent() {
    return study.trials().size() >= total();
  }

  /**
   * The next one, whose trial begins now; empty while the optimizer waits for those that run.
   *
   * <p>A batch of proposals is known as soon as the trials before it are finished, so its points
   * are the same however many of them are evaluated at one time.
   */
  Optional<Candidate> next() {
    int begun = study.trials().size();
    if (begun < known.size()) {
      return Optional.of(Candidate.known(known.get(begun)));
    }
    if (named.isEmpty()) {
      // Once a batch: an answer takes the longer, the more trials there are.
      int running = (int) study.unfinished().stream().filter(Candidates::isProposal).count();
      optimizer.ask(study.history()).stream().skip(running).forEach(named::add);
    }
    return Optional.ofNullable(named.poll()).map(this::proposal);
  }

  private static boolean isProposal(Trial trial) {
    return trial.candidate().origin().equals(Origin.PROPOSAL);
  }

  private Candidate proposal(List<Double> point) {
    List<Param> params = new ArrayList<>();
    List<Double> values = family.values(point);
    for (int i = 0; i < values.size(); i++) {
      Scalar scalar = family.scalars().get(i);
      params.add(new Param(scalar.name(), values.get(i), scalar.low(), scalar.high()));
    }
    return Candidate.proposal(point, params);
  }
}
