package jsearch.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import jsearch.document.InputException;
import jsearch.study.Limits;
import jsearch.study.TimeLimit;
import picocli.CommandLine.Option;

/** What ends a search before its budget is spent. */
final class LimitOptions {
  private static final double POINTS = 100;

  @Option(
      names = "--time-limit",
      paramLabel = "T",
      description = "Stop after this time, such as 45m, 8h or 1h30m; a running trial is finished.")
  private String time;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop after N proposals in a row that are no better than the best merge so far.")
  private Integer patience;

  @Option(
      names = "--target",
      paramLabel = "SCORE",
      description =
          "Stop once a merge has this score on the search items: points above 1 (70), else a"
              + " fraction (0.7; 1 is perfect).")
  private Double target;

  /**
   * What they ask for.
   *
   * @throws InputException when a value makes no sense
   */
  Limits asked() {
    if (patience != null && patience < 1) {
      throw new InputException("--patience is %d, expected at least 1.".formatted(patience));
    }
    return new Limits(
        Optional.ofNullable(time).map(TimeLimit::parse),
        patience == null ? OptionalInt.empty() : OptionalInt.of(patience),
        target == null ? OptionalDouble.empty() : OptionalDouble.of(fraction(target)));
  }

  /** As people write a score: above 1 in points, of which a perfect score has 100. */
  private static double fraction(double target) {
    if (!Double.isFinite(target) || target > POINTS) {
      throw new InputException(
          """
          --target is %s, expected a score of at most 100 points.
          Maybe write 70 for 70 points, or 0.7 for the same."""
              .formatted(target));
    }
    return target > 1 ? target / POINTS : target;
  }
}
