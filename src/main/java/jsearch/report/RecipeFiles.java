package jsearch.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jsearch.eval.Scores;
import jsearch.run.ParetoSet;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.schedule.Recipe;
import jsearch.schedule.Schedule;
import jsearch.study.Snapshot;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** The recipes that a search leaves in its study's directory. */
final class RecipeFiles {
  private static final String BEST = "recipe.yaml";

  private final Session session;
  private final StudySpec spec;

  RecipeFiles(Session session) {
    this.session = session;
    this.spec = session.study().spec();
  }

  /** Writes the winner's, and one for each merge that no other beats where there are two scores. */
  void write(Verdict verdict) {
    String comment =
        """
        The best merge found by jsearch %s: %s, %s on confirm."""
            .formatted(
                spec.versions().get("jsearch"),
                verdict.winner().trial().candidate().origin(),
                points(verdict.winner().confirm()));
    write(BEST, comment, verdict.winner().schedule());
    verdict.pareto().ifPresent(this::write);
  }

  private void write(ParetoSet set) {
    Map<Trial, Schedule> members = new LinkedHashMap<>();
    set.confirmed().forEach(member -> members.put(member.trial(), member.schedule()));
    set.others().forEach(other -> members.put(other.trial(), other.schedule()));
    members.forEach(
        (trial, schedule) -> {
          String comment =
              """
              One of %d merges of which none beats another on both axes, by jsearch %s: %s, trial %d."""
                  .formatted(
                      set.size(),
                      spec.versions().get("jsearch"),
                      trial.candidate().origin(),
                      trial.number());
          write(ParetoSummary.recipe(trial.number()), comment, schedule);
        });
  }

  /** Writes that of the best merge so far, of a search that was stopped. */
  void write(Snapshot snapshot, Trial best) {
    String comment =
        """
        The best merge so far, by jsearch %s: %s, %s points on the search items.
        Not confirmed, as the search was stopped. Go on with: %s"""
            .formatted(
                spec.versions().get("jsearch"),
                Figures.name(best),
                Figures.score(best),
                snapshot.resumeCommand());
    write(BEST, comment, session.schedule(best));
  }

  private void write(String file, String comment, Schedule schedule) {
    String howTo =
        """
        Paths are absolute, or seen from the directory of jsearch.
        Find it again: %s
        Merge: jsearch merge %s OUT, or mergekit-yaml %s OUT"""
            .formatted(spec.repeatCommand(), file, file);
    Recipe recipe = session.recipe(comment + "\n" + howTo, schedule);
    session.study().write(file, recipe.yaml());
  }

  private static String points(Scores scores) {
    return scores.axes().isEmpty()
        ? Figures.score(scores.estimate()) + " points"
        : scores.axes().stream()
            .map(axis -> Figures.score(scores.axis(axis).estimate()) + " points of " + axis)
            .collect(Collectors.joining(", "));
  }
}
