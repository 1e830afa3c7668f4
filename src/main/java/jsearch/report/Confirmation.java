package jsearch.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.eval.Interval;

/**
 * What the confirm items have said of the best merge, as {@code summary.json} has it.
 *
 * @param score on the confirm items; NaN where two objectives have no single one
 * @param standardError of the score; NaN where it is not known
 * @param interval95 of the score; empty where it is not known
 * @param betterThanParents whether the interval of its lead over the best parent is above 0
 */
record Confirmation(
    double score, double standardError, Optional<Interval> interval95, boolean betterThanParents) {
  /**
   * Reads the summary of the study in this directory.
   *
   * @param finished trials that the study has finished now; a summary of fewer is out of date
   * @return empty where the study has no summary, or one in which nothing is confirmed
   */
  static Optional<Confirmation> read(Path directory, long finished) {
    Path file = directory.resolve(Results.SUMMARY);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Document summary = Document.json(file);
      boolean confirmed = summary.find("confirmed").map(Document::bool).orElse(true);
      boolean current =
          summary.find("trials").map(Document::number).orElse(1.0 * finished) == finished;
      return confirmed && current ? Optional.of(of(summary)) : Optional.empty();
    } catch (InputException e) {
      return Optional.empty(); // It is made anew by a resume; the journal is what counts.
    }
  }

  /** Such as {@code 80.0 [76.5, 83.5]}, or {@code yes} where there is no single score. */
  String text() {
    return Double.isNaN(score)
        ? points()
        : interval95.map(interval -> Figures.score(score, interval)).orElseGet(this::points);
  }

  /** Such as {@code 80.0}, or {@code yes} where there is no single score. */
  String points() {
    return Double.isNaN(score) ? "yes" : Figures.points(score);
  }

  private static Confirmation of(Document summary) {
    Document confirm = summary.at("best").at("confirm");
    return new Confirmation(
        confirm.find("score").map(Document::number).orElse(Double.NaN),
        confirm.find("standard_error").map(Document::number).orElse(Double.NaN),
        confirm.find("interval95").map(Confirmation::interval),
        summary.at("better_than_parents").bool());
  }

  private static Interval interval(Document bounds) {
    return new Interval(bounds.items().get(0).number(), bounds.items().get(1).number());
  }
}
