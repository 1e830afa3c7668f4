package jsearch.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.document.Writer;
import jsearch.run.Ending;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.schedule.Recipe;
import jsearch.schedule.Schedule;
import jsearch.study.Snapshot;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** The files that a finished search leaves beside its journal. */
public final class Results {
  /** The summary's name in the study's directory. */
  static final String SUMMARY = "summary.json";

  private Results() {}

  /**
   * Writes {@code recipe.yaml} and {@code summary.json} into the study's directory.
   *
   * @return the summary
   * @throws jsearch.study.StudyException when the disk refuses; what stood there is then untouched
   */
  public static Map<String, Object> write(Session session, Verdict verdict, Ending ending) {
    StudySpec spec = session.study().spec();
    writeRecipe(session, comment(spec, verdict), verdict.winner().schedule());
    List<Trial> trials = session.study().trials();
    Map<String, Object> summary =
        Summary.of(spec, session.family().name(), verdict, session.savings(), seconds(trials));
    summary.put("ended_by", ending.toString());
    summary.put("trials", trials.stream().filter(Trial::finished).count());
    return writeSummary(session, summary);
  }

  /**
   * Writes both for a search that was stopped, from what the study has on disk.
   *
   * <p>Where no merge is scored yet there is no recipe.
   *
   * @return the summary
   * @throws jsearch.study.StudyException when the disk refuses; what stood there is then untouched
   */
  public static Map<String, Object> writeInterim(Session session) {
    Snapshot snapshot = Snapshot.of(session.study().directory());
    Optional<Trial> best = Standing.of(snapshot.trials()).best();
    if (best.isPresent()) {
      writeRecipe(session, comment(snapshot, best.get()), session.schedule(best.get()));
    }
    return writeSummary(
        session,
        InterimSummary.of(
            snapshot.spec(),
            session.family().name(),
            snapshot.trials(),
            seconds(snapshot.trials())));
  }

  private static void writeRecipe(Session session, String comment, Schedule schedule) {
    StudySpec spec = session.study().spec();
    Recipe recipe =
        new Recipe(
            comment,
            forMergekit(spec.base().path()),
            forMergekit(spec.donor().path()),
            session.workbench().format(),
            schedule);
    session.study().write("recipe.yaml", recipe.yaml());
  }

  private static Map<String, Object> writeSummary(Session session, Map<String, Object> summary) {
    session.study().write(SUMMARY, Writer.json(summary));
    return summary;
  }

  private static String comment(StudySpec spec, Verdict verdict) {
    return """
        The best merge found by jsearch %s: %s, %s points on confirm.
        %s"""
        .formatted(
            spec.versions().get("jsearch"),
            verdict.winner().trial().candidate().origin(),
            Figures.score(verdict.winner().confirm().estimate()),
            howTo(spec));
  }

  private static String comment(Snapshot snapshot, Trial best) {
    return """
        The best merge so far, by jsearch %s: %s, %s points on the search items.
        Not confirmed, as the search was stopped. Go on with: %s
        %s"""
        .formatted(
            snapshot.spec().versions().get("jsearch"),
            Figures.name(best),
            Figures.score(best.outcome().orElseThrow()),
            snapshot.resumeCommand(),
            howTo(snapshot.spec()));
  }

  private static String howTo(StudySpec spec) {
    return """
        Paths are absolute, or seen from the directory of jsearch.
        Find it again: %s
        Merge: jsearch merge recipe.yaml OUT, or mergekit-yaml recipe.yaml OUT"""
        .formatted(spec.repeatCommand());
  }

  /** mergekit asks the hub for a name such as models/x, even where the directory exists. */
  private static String forMergekit(String path) {
    return Path.of(path).isAbsolute() ? path : "./" + path;
  }

  /** Seconds spent on the trials, whatever number of processes ran them. */
  private static double seconds(List<Trial> trials) {
    return trials.stream()
        .map(Trial::attributes)
        .mapToDouble(noted -> noted.get(Trial.SECONDS) instanceof Number n ? n.doubleValue() : 0)
        .sum();
  }
}
