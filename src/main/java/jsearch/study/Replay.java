package jsearch.study;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
  private final List<LocalDateTime> beginnings = new ArrayList<>();
  private final Map<Integer, LocalDateTime> ended = new HashMap<>();

  /** What was noted of each trial that is not finished. */
  private final Map<Integer, Map<String, Document>> noted = new HashMap<>();

  private final WorkingTime worked = new WorkingTime();
  private boolean created;

  /** Number of scores that a complete trial has. */
  private int directions;

  private List<String> axes = List.of();

  /** Whether the study itself has been created. */
  boolean created() {
    return created;
  }

  /** The names of its scores where it has two; empty where it has one. */
  List<String> axes() {
    return axes;
  }

  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** How long the trials that are finished took, those side by side counted once. */
  Duration worked() {
    return worked.total();
  }

  /** When a trial began, in the journal's words. */
  String begun(int trial) {
    return begun.get(trial);
  }

  /** The trials with their times. */
  List<TimedTrial> timed() {
    return trials.stream()
        .map(
            trial ->
                new TimedTrial(
                    trial,
                    beginnings.get(trial.number()),
                    Optional.ofNullable(ended.get(trial.number()))))
        .toList();
  }

  /**
   * Takes these events into account, one after the other.
   *
   * @throws StudyException naming the first that cannot follow those before it
   */
  void applyAll(List<Document> events) {
    for (Document event : events) {
      try {
        apply(event);
      } catch (InputException e) {
        throw unusable(e.getMessage(), e);
      } catch (IllegalArgumentException e) {
        throw unusable("%s: %s.".formatted(event.source(), e.getMessage()), e);
      }
    }
  }

  private static StudyException unusable(String message, RuntimeException cause) {
    return new StudyException(
        """
        %s
        Maybe another program wrote into this journal, or it was edited."""
            .formatted(message),
        cause);
  }

  /**
   * Takes one more event into account.
   *
   * @throws InputException when it cannot follow those before it
   */
  private void apply(Document event) {
    Document code = event.at("op_code");
    switch (code.integer(0, 10)) {
      case Events.CREATE_STUDY -> createStudy(event);
      case Events.SET_STUDY_SYSTEM_ATTR -> nameAxes(event);
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
    directions = event.at("directions").items().size();
  }

  private void nameAxes(Document event) {
    event
        .at("system_attr")
        .find(Events.METRIC_NAMES)
        .filter(names -> directions > 1)
        .ifPresent(names -> axes = names.items().stream().map(Document::text).toList());
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
    Document start = event.at("datetime_start");
    beginnings.add(time(start));
    begun.add(start.text());
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
    if (trials.get(number).finished()) {
      event.find("datetime_complete").ifPresent(time -> end(number, time(time)));
    }
  }

  private void end(int number, LocalDateTime time) {
    ended.put(number, time);
    OptionalDouble seconds = trials.get(number).seconds();
    if (seconds.isPresent()) {
      worked.add(seconds.getAsDouble(), time);
    } else {
      worked.add(LocalDateTime.parse(begun.get(number)), time);
    }
  }

  private static LocalDateTime time(Document text) {
    try {
      return LocalDateTime.parse(text.text());
    } catch (DateTimeParseException e) {
      throw text.expected("a date and time such as 2026-01-02T03:04:05.678901");
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

  private Outcome outcome(Document event, Map<String, Document> notes) {
    List<Double> values = doubles(event.at("values"));
    if (values.size() != directions) {
      throw event
          .at("values")
          .expected(directions == 1 ? "a list of one value" : "a list of as many as directions");
    }
    double score = noted(Events.SCORE, event, notes).number();
    Document error = notes.get(Events.STANDARD_ERROR);
    double standardError = error == null ? Double.NaN : error.number();
    Document count = notes.get(Events.ITEMS);
    int items = count == null ? 0 : count.integer(0, Integer.MAX_VALUE);
    return directions == 1
        ? new Outcome(values.get(0), score, standardError, items)
        : new Outcome(
            noted(Events.OBJECTIVE, event, notes).number(), score, standardError, items, values);
  }

  private static Document noted(String name, Document event, Map<String, Document> notes) {
    Document note = notes.get(name);
    if (note == null) {
      throw event.expected("a note of its %s before a trial is complete or pruned".formatted(name));
    }
    return note;
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
