package jsearch.study;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.document.Writer;

/**
 * What happens to a study, as lines of Optuna's journal format (read at Optuna 4.9 and 5.0).
 *
 * <p>A trial begins with one line, so that it is there with all its parameters or not at all; it
 * ends with one line for each attribute and then one for its state, which is final.
 */
final class Events {
  static final int CREATE_STUDY = 0;
  static final int SET_STUDY_USER_ATTR = 2;
  static final int SET_STUDY_SYSTEM_ATTR = 3;
  static final int CREATE_TRIAL = 4;
  static final int SET_TRIAL_STATE_VALUES = 6;
  static final int SET_TRIAL_INTERMEDIATE_VALUE = 7;
  static final int SET_TRIAL_USER_ATTR = 8;

  /** Names of the user attributes that this package gives a meaning. */
  static final String ORIGIN = "origin";

  static final String POINT = "point";
  static final String OBJECTIVE = "objective";
  static final String SCORE = "score";
  static final String STANDARD_ERROR = "standard_error";
  static final String ITEMS = "items";

  /** The system attribute of a study that names its objectives. */
  static final String METRIC_NAMES = "study:metric_names";

  private static final int MAXIMIZE = 2;

  /** Optuna's: local time without a zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  private final Clock clock;

  Events(Clock clock) {
    this.clock = clock;
  }

  /**
   * The beginning of a study.
   *
   * @param axes names of its scores where it has two; empty where it has one
   */
  Map<String, Object> createStudy(String name, List<String> axes) {
    Map<String, Object> event = event(CREATE_STUDY);
    event.put("study_name", name);
    event.put("directions", Collections.nCopies(Math.max(1, axes.size()), MAXIMIZE));
    return event;
  }

  Map<String, Object> nameAxes(List<String> axes) {
    Map<String, Object> event = event(SET_STUDY_SYSTEM_ATTR);
    event.put("study_id", 0);
    event.put("system_attr", Map.of(METRIC_NAMES, axes));
    return event;
  }

  /** A note on the study itself, which decides nothing. */
  Map<String, Object> noteOnStudy(String name, Object value) {
    Map<String, Object> event = event(SET_STUDY_USER_ATTR);
    event.put("study_id", 0);
    event.put("user_attr", Map.of(name, value));
    return event;
  }

  Map<String, Object> begin(Candidate candidate) {
    Map<String, Object> event = event(CREATE_TRIAL);
    event.put("study_id", 0);
    event.put("datetime_start", now());
    Map<String, Object> distributions = new LinkedHashMap<>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Param param : candidate.params()) {
      distributions.put(param.name(), Writer.jsonLine(distribution(param)));
      values.put(param.name(), param.value());
    }
    event.put("distributions", distributions);
    event.put("params", values);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(ORIGIN, candidate.origin().toString());
    if (!candidate.point().isEmpty()) {
      attributes.put(POINT, candidate.point());
    }
    event.put("user_attrs", attributes);
    return event;
  }

  /**
   * The end of a trial that has an outcome.
   *
   * @param state complete or pruned
   * @param scores scores on the way, by number of items
   */
  List<Map<String, Object>> end(
      int trial,
      String begun,
      Trial.State state,
      Outcome outcome,
      Map<String, Object> attributes,
      Map<Integer, Double> scores) {
    List<Map<String, Object>> events = new ArrayList<>();
    scores.forEach(
        (items, score) -> {
          Map<String, Object> event = event(SET_TRIAL_INTERMEDIATE_VALUE);
          event.put("trial_id", trial);
          event.put("step", items);
          event.put("intermediate_value", score);
          events.add(event);
        });
    Map<String, Object> all = new LinkedHashMap<>();
    List<Double> values = outcome.axes();
    if (values.isEmpty()) {
      values = List.of(outcome.objective());
    } else {
      all.put(OBJECTIVE, outcome.objective());
    }
    all.put(SCORE, outcome.score());
    if (!Double.isNaN(outcome.standardError())) {
      all.put(STANDARD_ERROR, outcome.standardError());
    }
    all.put(ITEMS, outcome.items());
    all.putAll(attributes);
    events.addAll(finish(trial, begun, all, state, values));
    return events;
  }

  List<Map<String, Object>> fail(int trial, String begun, String reason) {
    return finish(trial, begun, Map.of(Trial.REASON, reason), Trial.State.FAIL, null);
  }

  /** Whether a user attribute of this name says something that {@link Outcome} or so holds. */
  static boolean reserved(String attribute) {
    return List.of(ORIGIN, POINT, OBJECTIVE, SCORE, STANDARD_ERROR, ITEMS).contains(attribute);
  }

  private List<Map<String, Object>> finish(
      int trial,
      String begun,
      Map<String, Object> attributes,
      Trial.State state,
      List<Double> values) {
    List<Map<String, Object>> events = new ArrayList<>();
    attributes.forEach(
        (name, value) -> {
          Map<String, Object> event = event(SET_TRIAL_USER_ATTR);
          event.put("trial_id", trial);
          event.put("user_attr", Map.of(name, value));
          events.add(event);
        });
    Map<String, Object> event = event(SET_TRIAL_STATE_VALUES);
    event.put("trial_id", trial);
    event.put("state", state.code());
    event.put("values", values);
    // Some readers forget the start of a trial unless it is repeated here.
    event.put("datetime_start", begun);
    event.put("datetime_complete", now());
    events.add(event);
    return events;
  }

  private static Map<String, Object> distribution(Param param) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("step", null);
    attributes.put("low", param.low());
    attributes.put("high", param.high());
    attributes.put("log", false);
    Map<String, Object> distribution = new LinkedHashMap<>();
    distribution.put("name", "FloatDistribution");
    distribution.put("attributes", attributes);
    return distribution;
  }

  private String now() {
    return TIME.format(LocalDateTime.now(clock));
  }

  private static Map<String, Object> event(int code) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("op_code", code);
    event.put("worker_id", "jsearch");
    return event;
  }
}
