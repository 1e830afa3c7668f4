package jsearch.report;

import java.time.Duration;
import java.util.Locale;
import jsearch.eval.Estimate;
import jsearch.eval.Interval;
import jsearch.eval.PairedDifference;
import jsearch.eval.TaskScores;
import jsearch.study.Origin;
import jsearch.study.Outcome;
import jsearch.study.Timing;
import jsearch.study.Trial;

/** Numbers as people read them: scores and differences in points (hundredths). */
final class Figures {
  /** Degrees of freedom that make Student's t the normal distribution, all but. */
  private static final double MANY = 1000;

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
    return score(estimate.mean(), estimate.interval95());
  }

  /** Such as {@code 81.2 [77.4, 85.0]}: a score and its 95% interval. */
  static String score(double score, Interval interval) {
    return points(score) + interval(interval);
  }

  /** Such as {@code +31.0 [26.2, 35.8]}. */
  static String difference(PairedDifference difference) {
    return difference(difference.estimate());
  }

  /** Such as {@code +31.0 [26.2, 35.8]}. */
  static String difference(Estimate gain) {
    return String.format(Locale.ROOT, "%+.1f", 100 * gain.mean()) + interval(gain.interval95());
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, " [%.1f, %.1f]", 100 * interval.low(), 100 * interval.high());
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

  /**
   * A scored trial's score on the search items, such as {@code 78.3 [72.2, 84.4]}; without the
   * interval where its width is not known.
   */
  static String score(Trial trial) {
    Outcome outcome = trial.outcome().orElseThrow();
    if (Double.isNaN(outcome.standardError())) {
      return points(outcome.score());
    }
    return score(
        new Estimate(outcome.score(), outcome.standardError(), degrees(trial), outcome.items()));
  }

  /**
   * Studies that are older than the note have had one task, or enough items for it not to matter.
   */
  private static double degrees(Trial trial) {
    if (trial.attributes().get(Trial.DEGREES) instanceof Number noted) {
      return noted.doubleValue();
    }
    int items = trial.outcome().orElseThrow().items();
    return items > 1 ? items - 1 : MANY;
  }

  /** Such as {@code 78.3}. */
  static String points(double score) {
    return String.format(Locale.ROOT, "%.1f", 100 * score);
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

  /**
   * Such as {@code A trial took 0.52 s: merge 8%, prefill 61%, decode 22%, rest 9%.}
   *
   * <p>A GPU may still merge while it is asked to read: there the two are one number.
   */
  static String timing(Timing timing, String device) {
    double all = Math.max(timing.total(), Double.MIN_NORMAL);
    String reading =
        device.startsWith("gpu")
            ? percent("merge and prefill", (timing.merge() + timing.prefill()) / all)
            : percent("merge", timing.merge() / all)
                + ", "
                + percent("prefill", timing.prefill() / all);
    return String.format(
        Locale.ROOT,
        "A trial took %s: %s, %s, %s.%n",
        all < 10 ? String.format(Locale.ROOT, "%.2f s", all) : duration(seconds(all)),
        reading,
        percent("decode", timing.decode() / all),
        percent("rest", timing.rest() / all));
  }

  private static String percent(String what, double share) {
    return String.format(Locale.ROOT, "%s %.0f%%", what, 100 * share);
  }

  /** A number of seconds as a duration, to the millisecond. */
  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(1000 * seconds));
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
