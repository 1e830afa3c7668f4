package jsearch.report;

import java.nio.file.Path;
import java.util.Map;
import jsearch.document.Writer;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.schedule.Recipe;
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
  public static Map<String, Object> write(Session session, Verdict verdict) {
    StudySpec spec = session.study().spec();
    Recipe recipe =
        new Recipe(
            comment(spec, verdict),
            forMergekit(spec.base().path()),
            forMergekit(spec.donor().path()),
            session.workbench().format(),
            verdict.winner().schedule());
    session.study().write("recipe.yaml", recipe.yaml());
    Map<String, Object> summary =
        Summary.of(spec, session.family().name(), verdict, session.savings(), seconds(session));
    session.study().write("summary.json", Writer.json(summary));
    return summary;
  }

  private static String comment(StudySpec spec, Verdict verdict) {
    return """
        The best merge found by jsearch %s: %s, %s points on confirm.
        Paths are absolute, or seen from the directory of jsearch.
        Find it again: %s
        Merge: jsearch merge recipe.yaml OUT, or mergekit-yaml recipe.yaml OUT"""
        .formatted(
            spec.versions().get("jsearch"),
            verdict.winner().trial().candidate().origin(),
            Figures.score(verdict.winner().confirm().estimate()),
            spec.repeatCommand());
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
