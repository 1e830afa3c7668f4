package jsearch.study;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jsearch.document.Document;

/**
 * What a changed study takes along from the one that it goes on from: trials that still hold.
 *
 * <p>A score holds as long as parents, tasks and known schedules are the same; that a proposal
 * would be asked again needs the same family, optimizer and seed too. Device, versions, budget and
 * limits change neither: scores of another arithmetic are taken along as they are.
 *
 * @param from the study left as it is
 * @param trials number of trials taken along, the first ones
 * @param changes in a sentence each
 */
record Fork(StudyFolder from, int trials, List<String> changes) {
  private static final Set<String> SCORES =
      Set.of(
          "base.fingerprint",
          "donor.fingerprint",
          "tokenizer_source",
          "suite.fingerprint",
          "baselines.fingerprint");

  private static final Set<String> PROPOSALS = Set.of("family.fingerprint", "optimizer", "seed");

  /** Decides what a study's trials are worth under another spec. */
  static Fork of(Study study, StudySpec now) {
    Map<String, String> changes = study.spec().changes(now);
    boolean scores = changes.keySet().stream().noneMatch(SCORES::contains);
    boolean proposals = changes.keySet().stream().noneMatch(PROPOSALS::contains);
    long kept =
        study.trials().stream()
            .takeWhile(Trial::finished)
            .takeWhile(
                trial ->
                    scores
                        && (proposals || trial.candidate().origin().kind() != Origin.Kind.PROPOSAL))
            .count();
    return new Fork(new StudyFolder(study.directory()), (int) kept, List.copyOf(changes.values()));
  }

  /** The events of the trials taken along, as they stand in the journal. */
  List<Map<String, Object>> events() throws IOException {
    List<Map<String, Object>> kept = new ArrayList<>();
    int begun = 0;
    for (String line : Files.readAllLines(from.journal())) {
      Document event = Document.json(from.journal().toString(), line);
      int code = event.at("op_code").integer(0, 10);
      boolean ours =
          code == Events.CREATE_TRIAL
              ? begun++ < trials
              : code > Events.CREATE_TRIAL
                  && event.at("trial_id").integer(0, Integer.MAX_VALUE) < trials;
      if (ours) {
        Map<String, Object> fields = new LinkedHashMap<>();
        event.entries().forEach((name, value) -> fields.put(name, value.value()));
        kept.add(fields);
      }
    }
    return kept;
  }

  /** The item scores of the trials taken along, as far as they are there. */
  Map<Integer, Map<String, List<Double>>> items() throws IOException {
    Map<Integer, Map<String, List<Double>>> kept = ItemLog.read(from.items());
    kept.keySet().removeIf(trial -> trial >= trials);
    return kept;
  }

  /** What the new study says of it. */
  Map<String, Object> note() {
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("study", from.path().toString());
    note.put("trials", trials);
    note.put("changes", changes);
    return note;
  }
}
