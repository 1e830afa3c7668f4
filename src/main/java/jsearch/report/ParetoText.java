package jsearch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jsearch.eval.Estimate;
import jsearch.eval.Scores;
import jsearch.run.Finalist;
import jsearch.run.ParetoSet;
import jsearch.run.Verdict;
import jsearch.study.Trial;

/** What a person reads of a search for two objectives. */
final class ParetoText {
  private final Verdict verdict;
  private final ParetoSet set;
  private final List<String> axes;

  /** Of a verdict that has a Pareto set. */
  ParetoText(Verdict verdict) {
    this.verdict = verdict;
    set = verdict.pareto().orElseThrow();
    axes = verdict.winner().search().axes();
  }

  /** The set beside the parents, a picture of all merges, and what the best has gained. */
  String text() {
    return table() + summary() + "\n" + picture() + "\n" + conclusion();
  }

  private String table() {
    Table table = new Table();
    List<String> heads = new ArrayList<>(List.of(""));
    axes.forEach(axis -> heads.add(axis + ", search"));
    axes.forEach(axis -> heads.add(axis + ", confirm"));
    table.row(heads.toArray(String[]::new));
    row(table, "base", verdict.base());
    row(table, "donor", verdict.donor());
    verdict.bestGlobal().ifPresent(global -> row(table, "best global", global));
    for (Finalist member : set.confirmed()) {
      row(table, Figures.name(member.trial()), member);
    }
    for (ParetoSet.Other other : set.others()) {
      List<String> cells = new ArrayList<>(List.of(Figures.name(other.trial())));
      scores(other.trial()).forEach(score -> cells.add(Figures.points(score)));
      axes.forEach(axis -> cells.add("not scored"));
      table.row(cells.toArray(String[]::new));
    }
    return table.text();
  }

  private void row(Table table, String name, Finalist finalist) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (String axis : axes) {
      Estimate search = finalist.search().axis(axis).estimate();
      cells.add(Figures.points(search.mean()));
    }
    for (String axis : axes) {
      cells.add(Figures.score(finalist.confirm().axis(axis).estimate()));
    }
    table.row(cells.toArray(String[]::new));
  }

  private String summary() {
    String more =
        set.others().isEmpty()
            ? ""
            : format(
                "Only the %d best by the lesser gain are scored on confirm.\n",
                set.confirmed().size());
    return format(
            "No other of %d merges is as good on both axes as one of these %d (search). Best, by"
                + " the lesser gain over the better parents: %s.\n",
            set.size() + set.beaten().size(), set.size(), Figures.name(verdict.winner().trial()))
        + more
        + "Recipes: %s.\n".formatted(String.join(", ", recipes()));
  }

  private List<String> recipes() {
    return Stream.concat(
            set.confirmed().stream().map(Finalist::trial),
            set.others().stream().map(ParetoSet.Other::trial))
        .map(trial -> ParetoSummary.recipe(trial.number()))
        .toList();
  }

  private String picture() {
    Scatter scatter = new Scatter(axes.get(0), axes.get(1));
    set.beaten().forEach(trial -> add(scatter, scores(trial), '.'));
    add(scatter, verdict.base(), 'b');
    add(scatter, verdict.donor(), 'd');
    set.others().forEach(other -> add(scatter, scores(other.trial()), 'o'));
    set.confirmed().forEach(member -> add(scatter, member, 'o'));
    add(scatter, verdict.winner(), '#');
    return scatter.text()
        + "On search: # best, o the others of the set, . beaten, b base, d donor\n";
  }

  private void add(Scatter scatter, Finalist finalist, char mark) {
    add(scatter, scores(finalist.trial()), mark);
  }

  private static void add(Scatter scatter, List<Double> scores, char mark) {
    scatter.add(scores.get(0), scores.get(1), mark);
  }

  private static List<Double> scores(Trial trial) {
    return trial.outcome().orElseThrow().axes();
  }

  private String conclusion() {
    StringBuilder text = new StringBuilder();
    Scores confirm = verdict.winner().confirm();
    for (String axis : axes) {
      Estimate gain = confirm.gain(axis).estimate();
      text.append(
          format(
              "%s, confirm: the best gains %s over the %s; detectable %.1f.\n",
              axis, Figures.difference(gain), betterParent(axis), 100 * gain.detectable()));
    }
    return text.append(
            verdict.betterThanParents()
                ? "Better than the better parent on both axes: both 95% intervals are above 0.\n"
                : "Not better than the better parent on both axes: a 95% interval is not above 0.\n")
        .toString();
  }

  private String betterParent(String axis) {
    double base = verdict.base().confirm().axis(axis).estimate().mean();
    double donor = verdict.donor().confirm().axis(axis).estimate().mean();
    return donor > base ? "donor" : "base";
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
