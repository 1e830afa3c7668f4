package jsearch.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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
   * @throws IOException when the disk refuses; what stood there is then untouched
   */
  public static Map<String, Object> write(Session session, Verdict verdict) throws IOException {
    StudySpec spec = session.study().spec();
    Path directory = session.study().directory();
    Recipe recipe =
        new Recipe(
            comment(spec, verdict),
            spec.base().path(),
            spec.donor().path(),
            session.workbench().format(),
            verdict.winner().schedule());
    Writer.replace(directory.resolve("recipe.yaml"), recipe.yaml());
    Map<String, Object> summary =
        Summary.of(spec, session.family().name(), verdict, seconds(session));
    Writer.replace(directory.resolve("summary.json"), Writer.json(summary));
    return summary;
  }

  private static String comment(StudySpec spec, Verdict verdict) {
    return String.format(
        Locale.ROOT,
        """
        The best merge found by jsearch %s: %s, %s points on confirm.
        Repeat: jsearch --base %s --donor %s --eval %s --space %s --optimizer %s --budget %d --seed %d\
        """,
        spec.versions().get("jsearch"),
        verdict.winner().trial().candidate().origin(),
        Figures.score(verdict.winner().confirm().estimate()),
        spec.base().path(),
        spec.donor().path(),
        spec.suite().path(),
        spec.family().path(),
        spec.optimizer(),
        spec.budget(),
        spec.seed());
  }

  /** Seconds spent on the trials, whatever number of processes ran them. */
  private static double seconds(Session session) {
    return session.study().trials().stream()
        .map(Trial::attributes)
        .mapToDouble(noted -> noted.get("seconds") instanceof Number n ? n.doubleValue() : 0)
        .sum();
  }
}
