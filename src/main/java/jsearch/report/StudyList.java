package jsearch.report;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.study.Outcome;
import jsearch.study.StudySpec;
import jsearch.study.TimedTrial;
import jsearch.study.Trial;

/** Studies one below the other. */
public final class StudyList {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private StudyList() {}

  /** A row a study, in the order given; scores without intervals, for which there is no room. */
  public static String text(List<StudyStatus> studies) {
    Table table =
        new Table()
            .row(
                "study",
                "state",
                "base + donor",
                "suite",
                "optimizer",
                "trials",
                "best",
                "confirm",
                "begun");
    studies.forEach(study -> row(table, study));
    return table.text();
  }

  private static void row(Table table, StudyStatus study) {
    StudySpec spec = study.snapshot().spec();
    table.row(
        name(study.snapshot().directory().toString()),
        state(study),
        name(spec.base().path()) + " + " + name(spec.donor().path()),
        name(spec.suite().path()),
        spec.optimizer(),
        study.tally().toString(),
        study.standing().best().flatMap(Trial::outcome).map(StudyList::points).orElse(""),
        study.confirmation().map(Confirmation::points).orElse(""),
        begun(study).map(DATE::format).orElse(""));
  }

  private static String points(Outcome outcome) {
    return Figures.points(outcome.score());
  }

  /** Such as {@code running, 4 min 05 s left}. */
  private static String state(StudyStatus study) {
    return study.state().word()
        + study.left().map(left -> ", " + Figures.duration(left) + " left").orElse("");
  }

  private static String name(String path) {
    return String.valueOf(Path.of(path).toAbsolutePath().normalize().getFileName());
  }

  private static Optional<LocalDateTime> begun(StudyStatus study) {
    return study.snapshot().timed().stream().findFirst().map(TimedTrial::begun);
  }

  /** The same for machines: a status each, with the spec. */
  public static List<Map<String, Object>> maps(List<StudyStatus> studies) {
    return studies.stream().map(StudyList::map).toList();
  }

  private static Map<String, Object> map(StudyStatus study) {
    Map<String, Object> map = StatusReport.map(study);
    begun(study).ifPresent(time -> map.put("begun", time.toString()));
    map.put("spec", study.snapshot().spec().toMap());
    return map;
  }
}
