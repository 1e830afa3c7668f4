package jsearch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jsearch.document.Writer;
import jsearch.study.Outcome;
import jsearch.study.Param;
import jsearch.study.Snapshot;
import jsearch.study.TimedTrial;
import jsearch.study.Timing;
import jsearch.study.Trial;

/** A study's trials as CSV, for spreadsheets and data frames; what is not known is empty. */
public final class TrialRows {
  private TrialRows() {}

  /** One row a trial: what it was, how it did, when it ran, its scalars, where its time went. */
  public static String trials(Snapshot study) {
    Set<String> scalars = new LinkedHashSet<>();
    study.trials().forEach(trial -> scalars.addAll(scalars(trial).keySet()));
    List<String> header =
        new ArrayList<>(
            List.of(
                "number",
                "origin",
                "state",
                "objective",
                "score",
                "standard_error",
                "items",
                "seconds",
                "begun",
                "ended"));
    header.addAll(scalars);
    header.add("reason");
    header.addAll(List.of("merge", "prefill", "decode", "rest"));
    return Writer.csv(header, study.timed().stream().map(trial -> row(trial, scalars)).toList());
  }

  private static List<Object> row(TimedTrial timed, Set<String> scalars) {
    Trial trial = timed.trial();
    Optional<Outcome> outcome = trial.outcome();
    List<Object> row = new ArrayList<>();
    row.add(trial.number());
    row.add(trial.candidate().origin().toString());
    row.add(trial.state().word());
    row.add(outcome.map(Outcome::objective).orElse(null));
    row.add(outcome.map(Outcome::score).orElse(null));
    row.add(outcome.map(Outcome::standardError).filter(Double::isFinite).orElse(null));
    row.add(outcome.map(Outcome::items).filter(items -> items > 0).orElse(null));
    row.add(trial.attributes().get(Trial.SECONDS));
    row.add(timed.begun().toString());
    row.add(timed.ended().map(Object::toString).orElse(null));
    Map<String, Double> values = scalars(trial);
    scalars.forEach(name -> row.add(values.get(name)));
    row.add(trial.attributes().get(Trial.REASON));
    Optional<Timing> timing = Timing.of(trial);
    row.add(timing.map(Timing::merge).orElse(null));
    row.add(timing.map(Timing::prefill).orElse(null));
    row.add(timing.map(Timing::decode).orElse(null));
    row.add(timing.map(Timing::rest).orElse(null));
    return row;
  }

  private static Map<String, Double> scalars(Trial trial) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    for (Param param : trial.candidate().params()) {
      scalars.put(param.name(), param.value());
    }
    return scalars;
  }

  /** One row a scored trial and item: the trial's number, task, the item's place, its score. */
  public static String items(Snapshot study) {
    List<List<Object>> rows = new ArrayList<>();
    study
        .items()
        .forEach(
            (trial, tasks) ->
                tasks.forEach(
                    (task, scores) -> {
                      for (int i = 0; i < scores.size(); i++) {
                        rows.add(List.of(trial, task, i, scores.get(i)));
                      }
                    }));
    return Writer.csv(List.of("trial", "task", "index", "score"), rows);
  }
}
