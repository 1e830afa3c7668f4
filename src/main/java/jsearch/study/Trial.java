package jsearch.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One evaluation of a candidate, as the journal tells it.
 *
 * @param number counted from 0, in the order begun
 * @param candidate what is evaluated
 * @param state how far it has come
 * @param outcome how it did; present when complete or pruned
 * @param attributes what else was noted when it finished: strings, numbers, truth values, lists,
 *     maps; whole numbers are Long, others Double
 */
public record Trial(
    int number,
    Candidate candidate,
    State state,
    Optional<Outcome> outcome,
    Map<String, Object> attributes) {

  /** The attribute that says why a trial failed. */
  public static final String REASON = "reason";

  /** The attribute that says how many seconds a trial took. */
  public static final String SECONDS = "seconds";

  /** The attribute that says how few tokens a batch may hold since this trial, see Compute. */
  public static final String BATCH_TOKENS = "batch_tokens";

  /** The attribute that says how many degrees of freedom the score's standard error has. */
  public static final String DEGREES = "degrees";

  /** How far a trial has come. */
  public enum State {
    /** Begun, and not finished; perhaps cut off. */
    RUNNING(0),
    COMPLETE(1),
    /** Dropped on the way, clearly worse than the best. */
    PRUNED(2),
    FAIL(3);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** The state as people read it. */
    public String word() {
      return this == FAIL ? "failed" : name().toLowerCase(Locale.ROOT);
    }

    /** Optuna's number for the state. */
    int code() {
      return code;
    }
  }

  public Trial {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    if (outcome.isPresent() != (state == State.COMPLETE || state == State.PRUNED)) {
      throw new IllegalArgumentException("a trial has an outcome when it is complete or pruned");
    }
  }

  /** Complete, pruned or failed. */
  public boolean finished() {
    return state != State.RUNNING;
  }

  /** How long it took; empty where that was not noted, as of a failed one. */
  public OptionalDouble seconds() {
    return attributes.get(SECONDS) instanceof Number seconds
        ? OptionalDouble.of(seconds.doubleValue())
        : OptionalDouble.empty();
  }

  /** The objective; NaN when there is none. */
  public double objective() {
    return outcome.map(Outcome::objective).orElse(Double.NaN);
  }
}
