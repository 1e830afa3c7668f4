package jsearch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import jsearch.compat.Compatibility;
import jsearch.compat.Overlap;
import jsearch.eval.ItemScore;
import jsearch.eval.Scores;
import jsearch.eval.TaskScores;
import jsearch.run.Finalist;
import jsearch.run.Verdict;
import jsearch.schedule.Schedule;
import jsearch.study.Candidate;
import jsearch.study.Compute;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Param;
import jsearch.study.Source;
import jsearch.study.StudySpec;
import jsearch.study.Trial;
import jsearch.task.Answer;
import jsearch.task.Item;
import jsearch.task.Metric;

/** The verdict that make_report_golden.py describes. */
final class Examples {
  static final Compatibility COMPATIBILITY =
      new Compatibility(
          new Overlap(0.75, 0.75),
          Double.NaN,
          0.1,
          List.of(1.0, Double.NaN),
          List.of(0.05, 0.15),
          new TreeMap<>(Map.of("norm", 0.0, "mlp", 0.125)),
          135_000_000);

  static final StudySpec SPEC = spec(Limits.NONE);

  /** A metric that is asked for its name alone. */
  record Named(String name) implements Metric {
    @Override
    public double value(Item item, Answer answer) {
      throw new UnsupportedOperationException();
    }
  }

  private Examples() {}

  static StudySpec spec(Limits limits) {
    return new StudySpec(
        new Source("base", "sha256:0"),
        new Source("donor", "sha256:1"),
        Optional.empty(),
        new Source("suite.yaml", "sha256:2"),
        new Source("ramp.yaml", "sha256:3"),
        new Source("baselines.yaml", "sha256:4"),
        "cmaes",
        -5,
        32,
        false,
        limits,
        new Compute("cpu", "float32", OptionalInt.of(2), OptionalInt.of(2048), 1),
        Map.of("jsearch", "0.1.0"));
  }

  static Verdict verdict() {
    Candidate best =
        Candidate.proposal(
            List.of(0.25, 1.0), List.of(new Param("attn", 0.25, 0, 1), new Param("mlp", 1, 0, 1)));
    return new Verdict(
        finalist(0, Candidate.known(Origin.parent("base")), "1100 0100 11000000 01000000"),
        finalist(1, Candidate.known(Origin.parent("donor")), "0000 1110 00000000 11101111"),
        Optional.of(
            finalist(2, Candidate.known(Origin.global("half")), "1010 1100 10101010 11001100")),
        finalist(7, best, "1110 1101 11111110 11011111"),
        COMPATIBILITY);
  }

  /** A trial with this objective; a failed one where it is NaN. */
  static Trial trial(int number, Candidate candidate, double objective) {
    boolean failed = Double.isNaN(objective);
    return new Trial(
        number,
        candidate,
        failed ? Trial.State.FAIL : Trial.State.COMPLETE,
        failed ? Optional.empty() : Optional.of(new Outcome(objective, objective, 0.1, 0)),
        Map.of());
  }

  /** Items: sums and words of search, then sums and words of confirm; 1 is right. */
  private static Finalist finalist(int number, Candidate candidate, String items) {
    String[] parts = items.split(" ");
    Scores search = scores(parts[0], parts[1]);
    return new Finalist(
        trial(number, candidate, search.objective()),
        Schedule.global(2, 0.5),
        search,
        scores(parts[2], parts[3]));
  }

  private static Scores scores(String sums, String words) {
    return new Scores(
        List.of(
            new TaskScores("sums", new Named("exact_match,strict"), 3, items("sums", sums)),
            new TaskScores("words", new Named("acc"), 1, items("words", words))));
  }

  static List<ItemScore> items(String task, String bits) {
    List<ItemScore> items = new ArrayList<>();
    for (int i = 0; i < bits.length(); i++) {
      items.add(new ItemScore(task, i, String.valueOf(i), bits.charAt(i) - '0', 1, -1, 2));
    }
    return items;
  }
}
