package jsearch.report;

import java.time.Duration;
import java.util.Locale;
import jsearch.eval.Estimate;
import jsearch.eval.Interval;
import jsearch.eval.PairedDifference;
import jsearch.eval.TaskScores;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Trial;

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

  /** The difference of two results of a task: in points, or in the metric's own unit. */
  static String difference(TaskScores a, TaskScores b) {
    PairedDifference difference = PairedDifference.between(a, b);
    if (a.reported() == a.estimate().mean()) {
      return difference(difference);
    }
    Interval interval = difference.estimate().interval95();
    return String.format(
        Locale.ROOT,
        "%+.3f [%.3f, %.3f]",
        difference.estimate().mean(),
        interval.low(),
        interval.high());
  }

  /** Such as {@code 78.3 ± 3.1}: a score on the search items and its standard error. */
  static String score(Outcome outcome) {
    return points(outcome.score(), outcome.standardError());
  }

  /** Such as {@code 78.3 ± 3.1}, or {@code 78.3} where the error is not known. */
  static String points(double score, double standardError) {
    return Double.isNaN(standardError)
        ? String.format(Locale.ROOT, "%.1f", 100 * score)
        : String.format(Locale.ROOT, "%.1f ± %.1f", 100 * score, 100 * standardError);
  }

  /** What a merge is called: {@code trial 12}, or a known schedule's name; nothing for a parent. */
  static String name(Trial trial) {
    Origin origin = trial.candidate().origin();
    return switch (origin.kind()) {
      case PARENT -> "";
      case PROPOSAL -> "trial " + trial.number();
      default -> origin.name();
    };
  }

  /** Such as {@code 0.7 s/trial} or {@code 2 min 05 s/trial}. */
  static String pace(Duration each) {
    return each.compareTo(Duration.ofSeconds(10)) < 0
        ? String.format(Locale.ROOT, "%.1f s/trial", each.toMillis() / 1000.0)
        : duration(each) + "/trial";
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
