package jsearch.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * What a study's events add up to; the only place where its trials change.
 *
 * <p>Follows Optuna's rules: ids count up from 0, a finished trial never changes. Notes that others
 * attach are passed over, trials that others run are refused.
 */
final class Replay {
  private final List<Trial> trials = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();

  /** What was noted of each trial that is not finished. */
  private final Map<Integer, Map<String, Document>> noted = new HashMap<>();

  private boolean created;

  /** Whether the study itself has been created. */
  boolean created() {
    return created;
  }

  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** When a trial began, in the journal's words. */
  String begun(int trial) {
    return begun.get(trial);
  }

  /**
   * Takes one more event into account.
   *
   * @throws InputException when it cannot follow those before it
   */
  void apply(Document event) {
    Document code = event.at("op_code");
    switch (code.integer(0, 10)) {
      case Events.CREATE_STUDY -> createStudy(event);
      case Events.CREATE_TRIAL -> createTrial(event);
      case Events.SET_TRIAL_STATE_VALUES -> setState(event);
      case Events.SET_TRIAL_USER_ATTR -> setAttribute(event);
      case 1 -> throw code.expected("no deletion of the study");
      default -> {
        // Notes of other programs: they decide nothing.
      }
    }
  }

  private void createStudy(Document event) {
    if (created) {
      throw event.expected("one study a journal");
    }
    created = true;
  }

  private void createTrial(Document event) {
    if (!created) {
      throw event.expected("the creation of the study first");
    }
    event.at("study_id").integer(0, 0);
    Document attributes = event.find("user_attrs").orElse(event);
    Document origin =
        attributes
            .find(Events.ORIGIN)
            .orElseThrow(() -> event.expected("only jsearch's own trials in this study"));
    Candidate candidate =
        new Candidate(
            Origin.parse(origin.text()).orElseThrow(() -> origin.expected("a trial's origin")),
            attributes.find(Events.POINT).map(Replay::doubles).orElse(List.of()),
            params(event));
    trials.add(
        new Trial(trials.size(), candidate, Trial.State.RUNNING, Optional.empty(), Map.of()));
    begun.add(event.at("datetime_start").text());
    noted.put(trials.size() - 1, new LinkedHashMap<>());
  }

  private static List<Param> params(Document event) {
    List<Param> params = new ArrayList<>();
    event
        .at("params")
        .entries()
        .forEach(
            (name, value) -> {
              Document text = event.at("distributions").at(name);
              Document range =
                  Document.json(text.source() + ", distribution of " + name, text.text())
                      .at("attributes");
              params.add(
                  new Param(
                      name, value.number(), range.at("low").number(), range.at("high").number()));
            });
    return params;
  }

  private void setAttribute(Document event) {
    int number = trial(event);
    if (!trials.get(number).finished()) {
      noted.get(number).putAll(event.at("user_attr").entries());
    }
  }

  private void setState(Document event) {
    int number = trial(event);
    if (trials.get(number).finished()) {
      return;
    }
    Document state = event.at("state");
    Map<String, Document> notes = noted.get(number);
    int code = state.integer(0, 4);
    if (code == Trial.State.COMPLETE.code()) {
      finish(number, Trial.State.COMPLETE, Optional.of(outcome(event, notes)));
    } else if (code == Trial.State.PRUNED.code()) {
      finish(number, Trial.State.PRUNED, Optional.of(outcome(event, notes)));
    } else if (code == Trial.State.FAIL.code()) {
      finish(number, Trial.State.FAIL, Optional.empty());
    } else if (code != Trial.State.RUNNING.code()) {
      throw state.expected("0 (running), 1 (complete), 2 (pruned) or 3 (fail)");
    }
  }

  private void finish(int number, Trial.State state, Optional<Outcome> outcome) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    noted
        .get(number)
        .forEach(
            (name, value) -> {
              if (!Events.reserved(name)) {
                attributes.put(name, value.value());
              }
            });
    trials.set(
        number, new Trial(number, trials.get(number).candidate(), state, outcome, attributes));
    noted.remove(number);
  }

  private static double objective(Document event) {
    List<Double> values = doubles(event.at("values"));
    if (values.size() != 1) {
      throw event.at("values").expected("a list of one value");
    }
    return values.get(0);
  }

  private static Outcome outcome(Document event, Map<String, Document> notes) {
    Document score = notes.get(Events.SCORE);
    if (score == null) {
      throw event.expected("a score noted before a trial is complete or pruned");
    }
    Document error = notes.get(Events.STANDARD_ERROR);
    Document items = notes.get(Events.ITEMS);
    return new Outcome(
        objective(event),
        score.number(),
        error == null ? Double.NaN : error.number(),
        items == null ? 0 : items.integer(0, Integer.MAX_VALUE));
  }

  private int trial(Document event) {
    Document id = event.at("trial_id");
    if (trials.isEmpty()) {
      throw id.expected("no trial yet");
    }
    return id.integer(0, trials.size() - 1);
  }

  private static List<Double> doubles(Document list) {
    return list.items().stream().map(Document::number).toList();
  }
}
