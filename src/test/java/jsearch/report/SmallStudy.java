package jsearch.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import jsearch.SetClock;
import jsearch.study.Candidate;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Param;
import jsearch.study.Scored;
import jsearch.study.Study;
import jsearch.study.StudySpec;

/** A study on disk of seven trials of each kind, the last of them cut off. */
final class SmallStudy {
  private final SetClock clock = new SetClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final Study study;

  private SmallStudy(Path directory, StudySpec spec) {
    study = Study.create(directory, spec, clock);
  }

  /** Writes it; its scored trials take 2 s each, with 1 s after each complete one. */
  static void write(Path directory) {
    write(directory, Examples.SPEC);
  }

  static void write(Path directory, StudySpec spec) {
    SmallStudy small = new SmallStudy(directory, spec);
    small.complete(Candidate.known(Origin.parent("base")), 0.5);
    small.complete(Candidate.known(Origin.parent("donor")), 0.25);
    small.complete(Candidate.known(Origin.global("half")), 0.625);
    small.complete(proposal(0.25), 0.75);
    small.study.fail(small.study.begin(proposal(0.5)), "the score is NaN");
    small.prune(proposal(1));
    small.study.begin(proposal(0));
    small.study.close();
  }

  private static Candidate proposal(double attn) {
    return Candidate.proposal(List.of(attn), List.of(new Param("attn", attn, 0, 1)));
  }

  private void complete(Candidate candidate, double score) {
    var trial = study.begin(candidate);
    clock.pass(Duration.ofSeconds(2));
    study.complete(
        trial,
        new Scored(
            new Outcome(score + 1e-6, score, 0.125, 2),
            Map.of("sums", List.of(1.0, 0.5)),
            Map.of("seconds", 2.0, "degrees", 10.0),
            Collections.emptySortedMap()));
    clock.pass(Duration.ofSeconds(1));
  }

  private void prune(Candidate candidate) {
    var trial = study.begin(candidate);
    clock.pass(Duration.ofSeconds(2));
    study.prune(
        trial,
        new Scored(
            new Outcome(0.1, 0.875, Double.NaN, 1),
            Map.of("sums", List.of(0.875)),
            Map.of("seconds", 2.0),
            Collections.emptySortedMap()));
  }
}
