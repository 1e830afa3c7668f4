package jsearch.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jsearch.document.Writer;
import jsearch.eval.Scores;
import jsearch.run.Ending;
import jsearch.run.ParetoSet;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.schedule.Recipe;
import jsearch.schedule.Schedule;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** The files that a finished search leaves beside its journal. */
public final class Results {
  private Results() {}

  /**
   * Writes {@code recipe.yaml} and {@code summary.json} into the study's directory.
   *
   * @return the summary
   * @throws jsearch.study.StudyException when the disk refuses; what stood there is then untouched
   */
  public static Map<String, Object> write(Session session, Verdict verdict, Ending ending) {
    StudySpec spec = session.study().spec();
    Recipe recipe = recipe(session, comment(spec, verdict), verdict.winner().schedule());
    session.study().write("recipe.yaml", recipe.yaml());
    verdict.pareto().ifPresent(set -> writeRecipes(session, set));
    Map<String, Object> summary =
        Summary.of(spec, session.family().name(), verdict, session.savings(), seconds(session));
    summary.put("ended_by", ending.toString());
    summary.put("trials", session.study().trials().stream().filter(Trial::finished).count());
    session.study().write("summary.json", Writer.json(summary));
    return summary;
  }

  /** A recipe for each merge that no other beats. */
  private static void writeRecipes(Session session, ParetoSet set) {
    Map<Trial, Schedule> members = new LinkedHashMap<>();
    set.confirmed().forEach(member -> members.put(member.trial(), member.schedule()));
    set.others().forEach(other -> members.put(other.trial(), other.schedule()));
    members.forEach(
        (trial, schedule) -> {
          StudySpec spec = session.study().spec();
          String file = ParetoSummary.recipe(trial.number());
          String comment =
              """
              One of %d merges of which none beats another on both axes, by jsearch %s: %s, trial %d.
              Paths are absolute, or seen from the directory of jsearch.
              Find it again: %s
              Merge: jsearch merge %s OUT, or mergekit-yaml %s OUT"""
                  .formatted(
                      set.size(),
                      spec.versions().get("jsearch"),
                      trial.candidate().origin(),
                      trial.number(),
                      spec.repeatCommand(),
                      file,
                      file);
          session.study().write(file, recipe(session, comment, schedule).yaml());
        });
  }

  private static Recipe recipe(Session session, String comment, Schedule schedule) {
    StudySpec spec = session.study().spec();
    return new Recipe(
        comment,
        forMergekit(spec.base().path()),
        forMergekit(spec.donor().path()),
        session.workbench().format(),
        schedule);
  }

  private static String comment(StudySpec spec, Verdict verdict) {
    return """
        The best merge found by jsearch %s: %s, %s on confirm.
        Paths are absolute, or seen from the directory of jsearch.
        Find it again: %s
        Merge: jsearch merge recipe.yaml OUT, or mergekit-yaml recipe.yaml OUT"""
        .formatted(
            spec.versions().get("jsearch"),
            verdict.winner().trial().candidate().origin(),
            points(verdict.winner().confirm()),
            spec.repeatCommand());
  }

  private static String points(Scores scores) {
    return scores.axes().isEmpty()
        ? Figures.score(scores.estimate()) + " points"
        : scores.axes().stream()
            .map(axis -> Figures.score(scores.axis(axis).estimate()) + " points of " + axis)
            .collect(Collectors.joining(", "));
  }

  /** mergekit asks the hub for a name such as models/x, even where the directory exists. */
  private static String forMergekit(String path) {
    return Path.of(path).isAbsolute() ? path : "./" + path;
  }

  /** Seconds spent on the trials, whatever number of processes ran them. */
  private static double seconds(Session session) {
    return session.study().trials().stream()
        .map(Trial::attributes)
        .mapToDouble(noted -> noted.get("seconds") instanceof Number n ? n.doubleValue() : 0)
        .sum();
  }
}
