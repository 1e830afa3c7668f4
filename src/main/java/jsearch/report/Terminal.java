package jsearch.report;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jsearch.compat.Compatibility;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.TaskScores;
import jsearch.run.Finalist;
import jsearch.run.Verdict;
import jsearch.study.Origin;
import jsearch.study.Trial;

/** What a person reads in the terminal. */
public final class Terminal {
  private Terminal() {}

  /** The final table: parents, best global SLERP and winner, with intervals and differences. */
  public static String verdict(Verdict verdict) {
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
    return table.text() + "\n" + conclusion(verdict);
  }

  private static void row(Table table, String role, Finalist finalist, Verdict verdict) {
    boolean self = finalist.equals(verdict.bestParent());
    table.row(
        role,
        name(finalist.trial()),
        Figures.score(finalist.search().estimate()),
        Figures.score(finalist.confirm().estimate()),
        self
            ? ""
            : Figures.difference(
                Verdict.difference(finalist, verdict.bestParent(), Split.CONFIRM)));
  }

  private static String name(Trial trial) {
    Origin origin = trial.candidate().origin();
    return switch (origin.kind()) {
      case PARENT -> "";
      case PROPOSAL -> "trial " + trial.number();
      default -> origin.name();
    };
  }

  private static String conclusion(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    text.append(
        verdict.betterThanParents()
            ? "Better than the best parent: the 95% interval on confirm is above 0.\n"
            : "No better than the best parent: the 95% interval on confirm is not above 0.\n");
    verdict
        .bestGlobal()
        .filter(global -> !global.equals(verdict.winner()))
        .map(global -> Verdict.difference(verdict.winner(), global, Split.CONFIRM))
        .ifPresent(
            difference ->
                text.append("To the best global SLERP on confirm: ")
                    .append(Figures.difference(difference))
                    .append('\n'));
    return text.toString();
  }

  /** S with its parts, in one line. */
  public static String score(Compatibility compatibility) {
    return format(
        "S = %.3f  (tokenizer overlap O %.3f, hidden-state similarity A %.3f, mean layer angle w"
            + " %.4f rad)\n",
        compatibility.score(),
        compatibility.overlap(),
        compatibility.similarity(),
        compatibility.angle());
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
    table.row("all", "", String.valueOf(scores.items().size()), Figures.score(scores.estimate()));
    return table.text();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
