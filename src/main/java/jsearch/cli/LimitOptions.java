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
  @Option(
      names = "--time-limit",
      paramLabel = "T",
      description = "End after this time, such as 45m, 8h or 1h30m; a running trial is finished.")
  private String time;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "End after N proposals in a row that are no better than the best merge so far.")
  private Integer patience;

  @Option(
      names = "--target",
      paramLabel = "SCORE",
      description = "End once a merge has this score on the search items, such as 0.7.")
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
    if (target != null && !Double.isFinite(target)) {
      throw new InputException("--target is %s, expected a number.".formatted(target));
    }
    return new Limits(
        Optional.ofNullable(time).map(TimeLimit::parse),
        patience == null ? OptionalInt.empty() : OptionalInt.of(patience),
        target == null ? OptionalDouble.empty() : OptionalDouble.of(target));
  }
}
