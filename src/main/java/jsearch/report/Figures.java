package jsearch.report;

import java.time.Duration;
import java.util.Locale;
import jsearch.eval.Estimate;
import jsearch.eval.Interval;
import jsearch.eval.PairedDifference;
import jsearch.eval.TaskScores;

/** Numbers as people read them: scores and differences in points (hundredths). */
final class Figures {
  private Figures() {}

  /** A task's result as people know it: points, or a number of its own such as a perplexity. */
  static String task(TaskScores task) {
    if (task.reported() == task.estimate().mean()) {
      return score(task.estimate());
    }
    Interval interval = task.reportedInterval95();
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", task.reported(), interval.low(), interval.high());
  }

  /** Such as {@code 81.2 [77.4, 85.0]}: the mean and its 95% interval. */
  static String score(Estimate estimate) {
    Interval interval = estimate.interval95();
    return String.format(
        Locale.ROOT,
        "%.1f [%.1f, %.1f]",
        100 * estimate.mean(),
        100 * interval.low(),
        100 * interval.high());
  }

  /** Such as {@code +31.0 [26.2, 35.8]}. */
  static String difference(PairedDifference difference) {
    Interval interval = difference.estimate().interval95();
    return String.format(
        Locale.ROOT,
        "%+.1f [%.1f, %.1f]",
        100 * difference.estimate().mean(),
        100 * interval.low(),
        100 * interval.high());
  }

  /** Such as {@code 9 s}, {@code 4 min 05 s} or {@code 2 h 03 min}. */
  static String duration(Duration duration) {
    if (duration.toHours() > 0) {
      return String.format(
          Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }
    if (duration.toMinutes() > 0) {
      return String.format(
          Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }
    return duration.toSeconds() + " s";
  }
}
