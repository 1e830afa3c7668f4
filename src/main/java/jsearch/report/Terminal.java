package jsearch.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import jsearch.compat.Compatibility;
import jsearch.compat.Overlap;
import jsearch.eval.Estimate;
import jsearch.eval.Objective;
import jsearch.eval.PairedDifference;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.TaskScores;
import jsearch.run.Ending;
import jsearch.run.Finalist;
import jsearch.run.Savings;
import jsearch.run.Verdict;
import jsearch.study.Limits;
import jsearch.study.Origin;
import jsearch.study.Snapshot;
import jsearch.study.Study;
import jsearch.study.Timing;
import jsearch.study.Trial;

/** What a person reads in the terminal. */
public final class Terminal {
  private Terminal() {}

  /** The final table: parents, best global SLERP and winner, with intervals and differences. */
  public static String verdict(Verdict verdict) {
    if (verdict.pareto().isPresent()) {
      return new ParetoText(verdict).text();
    }
    int search = verdict.base().search().items().size();
    int confirm = verdict.base().confirm().items().size();
    Table table =
        new Table()
            .row(
                "",
                "",
                format("search (%d items)", search),
                format("confirm (%d items)", confirm),
                "to best parent, confirm");
    row(table, "base", verdict.base(), verdict);
    row(table, "donor", verdict.donor(), verdict);
    verdict.bestGlobal().ifPresent(global -> row(table, "best global", global, verdict));
    row(table, "best", verdict.winner(), verdict);
    return table.text() + "\n" + tasks(verdict) + conclusion(verdict);
  }

  /** Why the search ended before its budget was spent; nothing where it was spent. */
  public static String ending(Ending ending, Study study) {
    long proposals =
        study.trials().stream()
            .filter(Trial::finished)
            .filter(trial -> trial.candidate().origin().equals(Origin.PROPOSAL))
            .count();
    return ending == Ending.BUDGET
        ? ""
        : format(
            "Ended by its %s, after %d of %d proposals.%n",
            ending, proposals, study.spec().budget());
  }

  /** How far a search had come when it was stopped. */
  public static String stopped(Snapshot study) {
    Tally tally = Tally.of(study.trials(), study.spec().budget(), OptionalInt.empty());
    return "Stopped after %s trials.\n".formatted(tally);
  }

  /** The winner on confirm task by task; nothing where the suite is one task. */
  private static String tasks(Verdict verdict) {
    List<TaskScores> tasks = verdict.winner().confirm().tasks();
    if (tasks.size() == 1) {
      return "";
    }
    Optional<Finalist> global =
        verdict.bestGlobal().filter(finalist -> !finalist.equals(verdict.winner()));
    Table table = new Table();
    table.row(
        "task, confirm", "best", "to base", "to donor", global.isPresent() ? "to best global" : "");
    for (int i = 0; i < tasks.size(); i++) {
      TaskScores best = tasks.get(i);
      int task = i;
      table.row(
          best.task(),
          Figures.task(best),
          Figures.difference(best, verdict.base().confirm().tasks().get(i)),
          Figures.difference(best, verdict.donor().confirm().tasks().get(i)),
          global
              .map(other -> Figures.difference(best, other.confirm().tasks().get(task)))
              .orElse(""));
    }
    return table.text() + "\n";
  }

  private static void row(Table table, String role, Finalist finalist, Verdict verdict) {
    boolean self = finalist.equals(verdict.bestParent());
    table.row(
        role,
        Figures.name(finalist.trial()),
        Figures.score(finalist.search().estimate()),
        Figures.score(finalist.confirm().estimate()),
        self
            ? ""
            : Figures.difference(
                Verdict.difference(finalist, verdict.bestParent(), Split.CONFIRM)));
  }

  private static String conclusion(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    text.append(
        verdict.betterThanParents()
            ? "Better than the best parent: the 95% interval on confirm is above 0.\n"
            : "No better than the best parent: the 95% interval on confirm is not above 0.\n");
    Map<String, PairedDifference> differences = new LinkedHashMap<>();
    differences.put(
        "the best parent",
        Verdict.difference(verdict.winner(), verdict.bestParent(), Split.CONFIRM));
    verdict
        .bestGlobal()
        .filter(global -> !global.equals(verdict.winner()))
        .map(global -> Verdict.difference(verdict.winner(), global, Split.CONFIRM))
        .ifPresent(
            difference -> {
              differences.put("the best global SLERP", difference);
            });
    text.append(new Advice(verdict).text());
    differences.forEach((other, difference) -> text.append(power(other, difference)));
    return text.toString();
  }

  /** What a comparison could have shown, and whether what it found is less. */
  private static String power(String other, PairedDifference difference) {
    Estimate estimate = difference.estimate();
    String line =
        format(
            "Detectable difference to %s: %.1f points (80%% power, 5%% two-sided).\n",
            other, 100 * estimate.detectable());
    boolean small = Math.abs(estimate.mean()) < estimate.detectable();
    return small
        ? line
            + format(
                "The difference found is smaller: %d items are too few to tell it reliably. Maybe"
                    + " confirm on more.\n",
                estimate.items())
        : line;
  }

  /** What a race has saved, in one line. */
  public static String savings(Savings savings) {
    return format(
        "The race dropped %d of %d proposals and saved %,d of their %,d items (%.0f%%).\n",
        savings.dropped(),
        savings.proposals(),
        savings.saved(),
        savings.items(),
        savings.items() == 0 ? 0.0 : 100.0 * savings.saved() / savings.items());
  }

  /** What one trial took, by where the time went; nothing where no trial has noted that. */
  public static String timing(Snapshot study) {
    return Timing.mean(study.trials())
        .map(mean -> Figures.timing(mean, study.spec().compute().device()))
        .orElse("");
  }

  /** What score ends the search before its budget is spent; nothing where none does. */
  public static String target(Limits limits) {
    return limits.target().isPresent()
        ? "It ends once a merge scores %s points on the search items.\n"
            .formatted(Figures.points(limits.target().getAsDouble()))
        : "";
  }

  /** S with its parts, in one line. */
  private static String score(Compatibility compatibility) {
    return format(
        "S = %.3f  (tokenizer overlap O %.3f%s, hidden-state similarity A %.3f, mean layer angle w"
            + " %.4f rad)\n",
        compatibility.score(),
        compatibility.overlap(),
        byId(compatibility.tokens()),
        compatibility.similarity(),
        compatibility.angle());
  }

  /** Said where it is less: then rows of the same number are not the same tokens. */
  private static String byId(Overlap overlap) {
    return overlap.byId() < overlap.byString()
        ? format(" by string and %.3f by id", overlap.byId())
        : "";
  }

  /** S with its parts, the angles by role, and the decision. */
  public static String compatibility(Compatibility compatibility) {
    StringBuilder roles = new StringBuilder();
    Map<String, Double> angles = new TreeMap<>(compatibility.roleAngles());
    angles.forEach((role, angle) -> roles.append(format(" %s %.4f", role, angle)));
    return score(compatibility)
        + format(
            """
            Angles by role in radians:%s
            Advice: %s, since %s.
            """,
            roles, compatibility.decision().merge().words(), compatibility.decision().reason());
  }

  /** A checkpoint's scores: a row a task, the suite last. */
  public static String scores(Scores scores) {
    Table table = new Table().row("task", "metric", "items", "score");
    for (TaskScores task : scores.tasks()) {
      table.row(
          task.task(),
          task.metric().name(),
          String.valueOf(task.items().size()),
          Figures.task(task));
    }
    for (String axis : scores.axes()) {
      row(table, axis, scores.axis(axis));
    }
    if (scores.axes().isEmpty()) {
      row(table, scores.rule() == Objective.WORST ? "worst" : "all", scores);
    }
    return table.text();
  }

  private static void row(Table table, String name, Scores scores) {
    table.row(name, "", String.valueOf(scores.items().size()), Figures.score(scores.estimate()));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
