package jsearch.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import jsearch.document.Reason;

/**
 * A study as it is on disk at one moment, read without a lock and without repairing anything.
 *
 * <p>Another process may be appending to it: a last line that is not whole yet is passed over.
 *
 * @param directory where the study is
 * @param spec what decides its trials
 * @param timed its trials with their times, in the order begun
 * @param worked how long it was worked on to the end of its last trial, breaks left out
 * @param holder the process of this machine that has it open
 * @param turn what that process says of its turn, once it does
 */
public record Snapshot(
    Path directory,
    StudySpec spec,
    List<TimedTrial> timed,
    Duration worked,
    OptionalLong holder,
    Optional<Turn> turn) {

  public Snapshot {
    timed = List.copyOf(timed);
  }

  /**
   * Reads the study in this directory.
   *
   * @throws StudyException when there is none, or it is damaged
   */
  public static Snapshot of(Path directory) {
    StudySpec spec = StudySpec.read(directory);
    try {
      // First, as a study that is just being left is better called running than stopped.
      OptionalLong holder = StudyLock.holder(directory);
      Replay replay = new Replay();
      replay.applyAll(Journal.view(new StudyFolder(directory).journal()));
      Optional<Turn> turn = holder.isPresent() ? StudyLock.turn(directory) : Optional.empty();
      return new Snapshot(directory, spec, replay.timed(), replay.worked(), holder, turn);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Whether there is a study in this directory, whole or damaged. */
  public static boolean isStudy(Path directory) {
    return Files.exists(directory.resolve(SpecFile.NAME));
  }

  /** The trials, in the order begun. */
  public List<Trial> trials() {
    return timed.stream().map(TimedTrial::trial).toList();
  }

  /**
   * The score of every item of every finished trial by its number, then task; read anew.
   *
   * @throws StudyException when the log of items is damaged
   */
  public Map<Integer, Map<String, List<Double>>> items() {
    Map<Integer, Map<String, List<Double>>> items;
    try {
      items = ItemLog.read(new StudyFolder(directory).items());
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
    Set<Integer> finished =
        trials().stream().filter(Trial::finished).map(Trial::number).collect(Collectors.toSet());
    items.keySet().retainAll(finished);
    return items;
  }

  private static StudyException unreadable(Path directory, IOException cause) {
    return new StudyException(
        "The study %s cannot be read: %s.".formatted(directory, Reason.of(cause)), cause);
  }

  /** The command that goes on with this study, in one line for a shell. */
  public String resumeCommand() {
    return SpecFile.resumeCommand(directory);
  }
}
