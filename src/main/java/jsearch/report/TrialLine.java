package jsearch.report;

import java.util.Locale;
import java.util.OptionalDouble;
import jsearch.study.Trial;

/** A finished trial in one line. */
public final class TrialLine {
  private TrialLine() {}

  /**
   * Such as {@code trial 12 (proposal) complete, 78.3 [72.2, 84.4], 0.70 s}; of a failed one, why.
   */
  public static String of(Trial trial) {
    String result =
        trial.outcome().isPresent()
            ? Figures.score(trial)
            : String.valueOf(trial.attributes().get(Trial.REASON));
    return "trial %d (%s) %s, %s%s"
        .formatted(
            trial.number(),
            trial.candidate().origin(),
            trial.state().word(),
            result,
            seconds(trial));
  }

  private static String seconds(Trial trial) {
    OptionalDouble seconds = trial.seconds();
    return seconds.isPresent() ? String.format(Locale.ROOT, ", %.2f s", seconds.getAsDouble()) : "";
  }
}
