package jsearch.report;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import jsearch.document.InputException;
import jsearch.run.Places;
import jsearch.run.RecordedSchedules;
import jsearch.study.Origin;
import jsearch.study.Snapshot;
import jsearch.study.StudySpec;
import jsearch.study.Trial;

/**
 * How far a study has come, seen from outside.
 *
 * @param snapshot the study as it is on disk
 * @param total trials it will have; empty where that cannot be told yet
 * @param standing the best so far
 * @param forecast how it gets on; empty before a trial has ended
 * @param confirmation of the best; present when the search is finished
 */
public record StudyStatus(
    Snapshot snapshot,
    OptionalInt total,
    Standing standing,
    Optional<Forecast> forecast,
    Optional<Confirmation> confirmation) {

  /** Whether anybody works on a study. */
  public enum State {
    RUNNING,
    STOPPED,
    FINISHED;

    /** The state in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Looks at the study in this directory, which may be running.
   *
   * @param clock tells how long running trials have run
   * @throws jsearch.study.StudyException when there is none, or it is damaged
   */
  public static StudyStatus of(Path directory, Places places, Clock clock) {
    Snapshot snapshot = Snapshot.of(directory);
    List<Trial> trials = snapshot.trials();
    return new StudyStatus(
        snapshot,
        total(trials, snapshot.spec(), places),
        Standing.of(trials),
        Forecast.of(snapshot, LocalDateTime.now(clock)),
        Confirmation.read(directory, finished(trials)));
  }

  /** Every known schedule has begun before the first proposal does. */
  private static OptionalInt total(List<Trial> trials, StudySpec spec, Places places) {
    long known =
        trials.stream()
            .filter(trial -> !trial.candidate().origin().equals(Origin.PROPOSAL))
            .count();
    if (known < trials.size()) {
      return OptionalInt.of((int) known + spec.budget());
    }
    try {
      return OptionalInt.of(RecordedSchedules.of(spec, places).known() + spec.budget());
    } catch (InputException e) {
      return OptionalInt.empty();
    }
  }

  public State state() {
    if (snapshot.holder().isPresent()) {
      return State.RUNNING;
    }
    return confirmation.isPresent() ? State.FINISHED : State.STOPPED;
  }

  /** How many trials are in a state. */
  long count(Trial.State state) {
    return snapshot.trials().stream().filter(trial -> trial.state() == state).count();
  }

  long finished() {
    return finished(snapshot.trials());
  }

  private static long finished(List<Trial> trials) {
    return trials.stream().filter(Trial::finished).count();
  }

  /** How many trials are finished. */
  Tally tally() {
    return Tally.of(snapshot.trials(), snapshot.spec().budget(), total);
  }

  /** The time from one trial to the next, several workers together; empty before one has ended. */
  Optional<Duration> pace() {
    return forecast.map(Forecast::pace);
  }

  /** How long a running study still needs, its confirmation included, as far as can be told. */
  Optional<Duration> left() {
    return state() == State.RUNNING && total.isPresent()
        ? forecast.map(found -> found.left(total.getAsInt()))
        : Optional.empty();
  }
}
