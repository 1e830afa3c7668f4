package jsearch.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
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
 * @param confirmation of the best; present when the search is finished
 */
public record StudyStatus(
    Snapshot snapshot, OptionalInt total, Standing standing, Optional<Confirmation> confirmation) {

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
   * @throws jsearch.study.StudyException when there is none, or it is damaged
   */
  public static StudyStatus of(Path directory, Places places) {
    Snapshot snapshot = Snapshot.of(directory);
    List<Trial> trials = snapshot.trials();
    return new StudyStatus(
        snapshot,
        total(trials, snapshot.spec(), places),
        Standing.of(trials),
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

  /** The time a trial takes, several workers together; empty before one has ended. */
  Optional<Duration> pace() {
    return finished() == 0
        ? Optional.empty()
        : Optional.of(snapshot.worked().dividedBy(finished()));
  }

  /** How long a running study still needs, as far as its pace and its own time limit tell. */
  Optional<Duration> left() {
    if (state() != State.RUNNING || total.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> work =
        pace().map(each -> each.multipliedBy(Math.max(0, total.getAsInt() - finished())));
    Optional<Duration> allowed =
        snapshot.spec().limits().time().map(limit -> limit.duration().minus(snapshot.worked()));
    return Stream.of(work, allowed)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .map(left -> left.isNegative() ? Duration.ZERO : left);
  }
}
