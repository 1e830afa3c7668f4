package jsearch.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the journal that Optuna was asked to read; see read_with_optuna.py among the resources. */
final class GoldenJournal {
  private GoldenJournal() {}

  /** Makes both studies in the directories named, which are new. */
  public static void main(String[] args) {
    write(Path.of(args[0]));
    writePareto(Path.of(args[1]));
  }

  /** A study of two scores. */
  static void writePareto(Path directory) {
    List<String> axes = List.of("skill", "refusals");
    try (Study study = Study.create(directory, Examples.SPEC, axes, Examples.ticking())) {
      scored(study, Candidate.known(Origin.parent("base")), -0.25625, 0.5, 0.25);
      scored(study, Candidate.known(Origin.global("t = 0.5")), 0.1 + 0.2, 0.75, 0.5);
      study.fail(study.begin(proposal(0.5, 0.5)), "the score is NaN");
      scored(study, proposal(0.25, 0.75), -0.125, 1.0, 0.125);
      scored(study, proposal(0.75, 0.25), 0.0, 0.5, 0.5);
      study.begin(proposal(1.0, 0.0));
    }
  }

  private static void scored(
      Study study, Candidate candidate, double objective, double first, double second) {
    study.complete(
        study.begin(candidate),
        new Scored(
            new Outcome(objective, objective, 0.125, 0, List.of(first, second)),
            Map.of(),
            Map.of("seconds", 1.5),
            new TreeMap<>()));
  }

  static void write(Path directory) {
    try (Study study = Study.create(directory, Examples.SPEC, Examples.ticking())) {
      Map<String, List<Double>> items = new LinkedHashMap<>();
      items.put("sums", List.of(1.0, 0.0, 0.0, 1.0));
      items.put("numéros", List.of(0.25));
      study.complete(
          study.begin(Candidate.known(Origin.parent("base"))),
          new Scored(
              new Outcome(0.4000001, 0.4, 0.1 + 0.2, 5),
              items,
              Map.of("tie_break", -1.25),
              new TreeMap<>()));
      study.complete(
          study.begin(Candidate.known(Origin.global("t = 0.5"))),
          new Scored(new Outcome(0.5, 0.5, Double.NaN, 0), Map.of(), Map.of(), new TreeMap<>()));
      study.fail(study.begin(proposal(0.5, 0.5)), "score is NaN");
      Map<String, Object> notes = new LinkedHashMap<>();
      notes.put("seconds", 1.5);
      notes.put(Timing.NAME, new Timing(0.125, 0.75, 0.5, 0.125).toMap());
      notes.put("tokens", 2048L);
      notes.put("schedule", "self_attn [0, 1]; \"rest\" \\ 0.5");
      notes.put("kept", true);
      study.complete(
          study.begin(proposal(1.0 / 3.0, 1.0e-7)),
          new Scored(
              new Outcome(0.75, 0.75, 0.0, 4),
              Map.of("sums", List.of(1.0, 1.0, 1.0, 0.0)),
              notes,
              new TreeMap<>(Map.of(2, 1.0, 3, 1.0))));
      study.prune(
          study.begin(proposal(0.0, 1.0)),
          new Scored(
              new Outcome(0.25, 0.5, 0.5, 2),
              Map.of("sums", List.of(0.0, 1.0)),
              Map.of("seconds", 0.5),
              new TreeMap<>(Map.of(1, 0.0, 2, 0.5))));
      study.begin(proposal(1.0, 0.0));
    }
  }

  private static Candidate proposal(double x, double y) {
    return Candidate.proposal(
        List.of(x, y),
        List.of(new Param("attn_start", x * 2 - 1, -1, 1), new Param("bend", y, 0, 1)));
  }
}
