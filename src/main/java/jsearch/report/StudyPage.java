package jsearch.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jsearch.schedule.Schedule;
import jsearch.study.Param;
import jsearch.study.Selection;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** All that a person may want to know of one study, from its records. */
public final class StudyPage {
  /** Depths at which a schedule is shown, evenly spaced from the first layer to the last. */
  public static final int DEPTHS = 33;

  private static final int TOP = 5;

  private StudyPage() {}

  /**
   * The page.
   *
   * @param schedule of the best merge so far, of {@link #DEPTHS} layers; empty where it cannot be
   *     told
   */
  public static String text(StudyStatus status, Optional<Schedule> schedule) {
    List<Trial> trials = status.snapshot().trials();
    StringBuilder page = new StringBuilder(StatusReport.text(status));
    page.append("\n").append(spec(status.snapshot().spec()));
    // What is finished is not so far any more.
    String best = status.state() == StudyStatus.State.FINISHED ? "Best" : "Best so far";
    status
        .standing()
        .best()
        .ifPresent(
            found ->
                page.append("\n%s: %s\n".formatted(best, Figures.name(found)))
                    .append(best(found, schedule)));
    if (!top(trials).isEmpty()) {
      page.append("\n").append(topTable(trials));
    }
    page.append(failed(trials));
    List<Double> course = course(trials);
    if (!course.isEmpty()) {
      page.append("\n%s over the trials, in points:\n".formatted(best))
          .append(Plot.fitting(Plot.thinned(course), 100).text("first", "last"));
    }
    return page.toString();
  }

  private static String spec(StudySpec spec) {
    return """
        Base:      %s
        Donor:     %s
        Suite:     %s
        Space:     %s
        Optimizer: %s, seed %d, budget %d%s
        Computed:  %s in %s
        Again:     %s
        """
        .formatted(
            spec.base().path(),
            spec.donor().path(),
            spec.suite().path(),
            spec.family().path(),
            spec.optimizer(),
            spec.seed(),
            spec.budget(),
            spec.race() ? ", as a race" : "",
            spec.compute().device(),
            spec.compute().dtype(),
            spec.repeatCommand());
  }

  private static String best(Trial best, Optional<Schedule> schedule) {
    StringBuilder text = new StringBuilder();
    if (!best.candidate().params().isEmpty()) {
      Table table = new Table().row("scalar", "value", "range");
      for (Param param : best.candidate().params()) {
        table.row(
            param.name(),
            String.format(Locale.ROOT, "%.4f", param.value()),
            String.format(Locale.ROOT, "%s ... %s", param.low(), param.high()));
      }
      text.append(table.text());
    }
    schedule.ifPresent(found -> text.append("\n").append(schedule(found)));
    return text.toString();
  }

  private static String schedule(Schedule schedule) {
    StringBuilder text = new StringBuilder();
    for (Schedule.Rule rule : schedule.rules()) {
      String tensors = rule.filter().equals(Schedule.ANY) ? "other tensors" : rule.filter();
      if (rule.t().stream().distinct().count() == 1) {
        text.append(String.format(Locale.ROOT, "t of %s: %.3f\n", tensors, rule.t().get(0)));
      } else {
        text.append("t of %s by depth:\n".formatted(tensors))
            .append(new Plot(rule.t(), 0, 1, 1).text("first layer", "last"));
      }
    }
    return text.toString();
  }

  /** The best scored trials, parents among them; the earlier first on a tie. */
  static List<Trial> top(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.state() == Trial.State.COMPLETE)
        .sorted(Comparator.comparingDouble(Trial::objective).reversed())
        .limit(TOP)
        .toList();
  }

  private static String topTable(List<Trial> trials) {
    Table table = new Table().row("trial", "origin", "search");
    for (Trial trial : top(trials)) {
      table.row(
          String.valueOf(trial.number()),
          trial.candidate().origin().toString(),
          Figures.score(trial));
    }
    return table.text();
  }

  /** The trials that failed. */
  static List<Trial> failures(List<Trial> trials) {
    return trials.stream().filter(trial -> trial.state() == Trial.State.FAIL).toList();
  }

  private static String failed(List<Trial> trials) {
    List<Trial> failed = failures(trials);
    if (failed.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\nFailed:\n");
    failed.forEach(trial -> text.append(TrialLine.of(trial)).append('\n'));
    return text.toString();
  }

  /** The score of the best merge after each trial, from the first that has scored one. */
  static List<Double> course(List<Trial> trials) {
    List<Double> course = new ArrayList<>();
    List<Trial> best = List.of();
    for (Trial trial : trials) {
      List<Trial> rivals = new ArrayList<>(best);
      rivals.add(trial);
      best = Selection.incumbent(rivals).stream().toList();
      best.forEach(found -> course.add(found.outcome().orElseThrow().score()));
    }
    return course;
  }
}
