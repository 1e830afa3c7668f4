package jsearch.study;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Where the time of a trial went, in seconds that add up to all of it.
 *
 * @param merge writing the candidate's weights
 * @param prefill reading given tokens, to score them or to go on from them
 * @param decode writing new tokens
 * @param rest all else, such as judging the answers
 */
public record Timing(double merge, double prefill, double decode, double rest) {
  /** The attribute of a trial that has it; studies that are older have none. */
  public static final String NAME = "timing";

  private static final double MICROS = 1e6;

  /** The timing of work that took this long, of which so much went into each phase. */
  public static Timing of(Duration all, Duration merge, Duration prefill, Duration decode) {
    Duration rest = all.minus(merge).minus(prefill).minus(decode);
    return new Timing(
        seconds(merge),
        seconds(prefill),
        seconds(decode),
        seconds(rest.isNegative() ? Duration.ZERO : rest));
  }

  private static double seconds(Duration duration) {
    return Math.round(duration.toNanos() / 1e3) / MICROS;
  }

  /** The timing that was noted of a trial; empty where none was. */
  public static Optional<Timing> of(Trial trial) {
    return trial.attributes().get(NAME) instanceof Map<?, ?> parts
        ? Optional.of(
            new Timing(
                number(parts, "merge"),
                number(parts, "prefill"),
                number(parts, "decode"),
                number(parts, "rest")))
        : Optional.empty();
  }

  private static double number(Map<?, ?> parts, String name) {
    return parts.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  /** The mean of the trials that have one; empty where none has. */
  public static Optional<Timing> mean(List<Trial> trials) {
    List<Timing> all = trials.stream().flatMap(trial -> of(trial).stream()).toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Timing(
                mean(all, Timing::merge),
                mean(all, Timing::prefill),
                mean(all, Timing::decode),
                mean(all, Timing::rest)));
  }

  private static double mean(List<Timing> all, ToDoubleFunction<Timing> part) {
    return all.stream().mapToDouble(part).average().orElseThrow();
  }

  /** All of it. */
  public double total() {
    return merge + prefill + decode + rest;
  }

  /** The parts by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("merge", merge);
    map.put("prefill", prefill);
    map.put("decode", decode);
    map.put("rest", rest);
    return map;
  }
}
