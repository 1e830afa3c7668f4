package jsearch.run;

import java.nio.file.Path;
import java.util.List;
import jsearch.document.InputException;
import jsearch.schedule.Baseline;
import jsearch.schedule.Baselines;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Source;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/** The schedules of a study's trials, from the files that its spec names; no parent is opened. */
public final class RecordedSchedules {
  private final Family family;
  private final List<Baseline> baselines;

  private RecordedSchedules(Family family, List<Baseline> baselines) {
    this.family = family;
    this.baselines = List.copyOf(baselines);
  }

  /**
   * Reads the family and the known schedules of a study.
   *
   * @throws InputException when a file is missing, malformed or not what it was
   */
  public static RecordedSchedules of(StudySpec spec, Places places) {
    return new RecordedSchedules(
        Family.load(unchanged(spec.family(), places)),
        Baselines.load(unchanged(spec.baselines(), places)));
  }

  private static Path unchanged(Source source, Places places) {
    Path file = places.file(source.path());
    String now = Source.ofFile(source.path(), file).fingerprint();
    if (!now.equals(source.fingerprint())) {
      throw new InputException(
          "%s has changed since the study began: it was %s, is now %s."
              .formatted(file, source.fingerprint(), now));
    }
    return file;
  }

  /** How many schedules the search tries first: the parents and the known ones. */
  public int known() {
    return KnownSchedules.of(baselines, 1).size();
  }

  /** The schedule of a trial for this many layers. */
  public Schedule of(Trial trial, int layers) {
    return new Schedules(family, KnownSchedules.of(baselines, layers), layers).of(trial);
  }
}
