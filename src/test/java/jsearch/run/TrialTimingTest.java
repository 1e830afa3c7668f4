package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import jsearch.optimize.Algorithm;
import jsearch.study.Snapshot;
import jsearch.study.Timing;
import jsearch.study.Trial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the time of real trials went. */
class TrialTimingTest {
  private static final String GENERATION =
      """
      task: writing
      dataset_path: json
      dataset_kwargs: {data_files: items.jsonl}
      output_type: generate_until
      doc_to_text: "{{q}} is"
      doc_to_target: a
      generation_kwargs: {until: ["never said"], max_gen_toks: 24, do_sample: false}
      metric_list: [{metric: exact_match}]
      """;

  @TempDir Path temp;
  private TinyPair pair;

  @BeforeEach
  void writePair() {
    pair = TinyPair.write(temp);
  }

  private List<Trial> search() {
    Path study = temp.resolve("study");
    try (Session session =
        Session.create(
            pair.request(Algorithm.RANDOM, 2), () -> study, Clock.systemUTC(), new Places(temp))) {
      session.run(TinyPair.SILENT, () -> false);
    }
    return Snapshot.of(study).trials();
  }

  @Test
  void everyTrialNotesItsPartsWhichAddUpToItsSeconds() {
    List<Trial> trials = search();
    assertEquals(TinyPair.KNOWN + 2, trials.size());
    for (Trial trial : trials) {
      Timing timing = Timing.of(trial).orElseThrow();
      assertTrue(timing.prefill() > 0 && timing.rest() > 0, timing.toString());
      assertEquals(0, timing.decode(), "nothing is written to choose an answer");
      // Seconds are cut to milliseconds, parts are rounded to microseconds.
      assertEquals(trial.seconds().orElseThrow() + 5e-4, timing.total(), 5.1e-4);
    }
  }

  @Test
  void aProposalIsMergedAndAnAnswerIsWritten() {
    pair.write("task.yaml", GENERATION);
    List<Trial> trials = search();
    Timing proposal = Timing.of(trials.get(trials.size() - 1)).orElseThrow();
    assertTrue(proposal.merge() > 0, proposal.toString());
    assertTrue(proposal.prefill() > 0, proposal.toString());
    assertTrue(proposal.decode() > 0, proposal.toString());
  }
}
