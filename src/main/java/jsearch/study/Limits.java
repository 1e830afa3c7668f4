package jsearch.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a search ends before its budget is spent; they decide no trial, only how many there are.
 *
 * @param time how long it may take, all its processes together; a running trial is finished
 * @param patience proposals in a row, none better than the best merge so far, at least 1
 * @param target the score that is enough
 */
public record Limits(Optional<TimeLimit> time, OptionalInt patience, OptionalDouble target) {
  /** The budget alone. */
  public static final Limits NONE =
      new Limits(Optional.empty(), OptionalInt.empty(), OptionalDouble.empty());

  public Limits {
    if (patience.orElse(1) < 1 || !Double.isFinite(target.orElse(0))) {
      throw new IllegalArgumentException("patience %s and target %s".formatted(patience, target));
    }
  }

  /** Those of the others that are given, else these. */
  public Limits overriddenBy(Limits others) {
    return new Limits(
        others.time.or(() -> time),
        others.patience.isPresent() ? others.patience : patience,
        others.target.isPresent() ? others.target : target);
  }

  /** By the words of {@code study.yaml}; empty where there are none. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    time.ifPresent(limit -> map.put("time_limit", limit.toString()));
    patience.ifPresent(proposals -> map.put("patience", proposals));
    target.ifPresent(score -> map.put("target", score));
    return map;
  }
}
