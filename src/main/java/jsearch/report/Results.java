package jsearch.report;

import java.util.List;
import java.util.Map;
import jsearch.document.Writer;
import jsearch.run.Ending;
import jsearch.run.Session;
import jsearch.run.Verdict;
import jsearch.study.Snapshot;
import jsearch.study.Trial;

/** The files that a search leaves beside its journal, once it has ended or was stopped. */
public final class Results {
  /** The file of the summary, in the study's directory. */
  static final String SUMMARY = "summary.json";

  private Results() {}

  /**
   * Writes {@code recipe.yaml} and {@code summary.json} into the study's directory; where the suite
   * has two scores also the recipes of the merges that none beats on both.
   *
   * @return the summary
   * @throws jsearch.study.StudyException when the disk refuses; what stood there is then untouched
   */
  public static Map<String, Object> write(Session session, Verdict verdict, Ending ending) {
    new RecipeFiles(session).write(verdict);
    List<Trial> trials = session.study().trials();
    Map<String, Object> summary =
        Summary.of(
            session.study().spec(), session.family().name(), verdict, session.savings(), trials);
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
    Standing.of(snapshot.trials())
        .best()
        .ifPresent(best -> new RecipeFiles(session).write(snapshot, best));
    return writeSummary(
        session, InterimSummary.of(snapshot.spec(), session.family().name(), snapshot.trials()));
  }

  private static Map<String, Object> writeSummary(Session session, Map<String, Object> summary) {
    session.study().write(SUMMARY, Writer.json(summary));
    return summary;
  }
}
