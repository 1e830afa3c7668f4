package jsearch.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import jsearch.optimize.Evaluation;

/**
 * One search on disk: a directory with its spec and the journal of its trials.
 *
 * <p>Open in one place at a time, and used by one thread. Its trials are what the journal says; a
 * process may end at any moment, and a trial then left running is evaluated again under the same
 * number, so that the search takes the way that it would have taken undisturbed. Every method
 * throws {@link StudyException} when the disk or the journal is in trouble.
 */
public final class Study implements AutoCloseable {
  private static final Set<String> LEFT_BY_A_CRASH = Set.of(StudyLock.NAME, SpecFile.NAME + ".tmp");

  private final Path directory;
  private final StudySpec spec;
  private final StudyLock lock;
  private final Journal journal;
  private final Events events;
  private final Replay replay = new Replay();

  private Study(Path directory, StudySpec spec, StudyLock lock, Journal journal, Events events) {
    this.directory = directory;
    this.spec = spec;
    this.lock = lock;
    this.journal = journal;
    this.events = events;
  }

  /**
   * Begins a study in a directory that is new or empty; the parents of the directory are made.
   *
   * @throws StudyException when something is there already, which is left as it is
   */
  public static Study create(Path directory, StudySpec spec, Clock clock) {
    try {
      refuseUsed(directory);
      Files.createDirectories(directory);
      StudyLock lock = StudyLock.acquire(directory);
      try {
        refuseUsed(directory);
        SpecFile.write(directory, spec);
        return open(directory, spec, lock, clock);
      } catch (IOException | RuntimeException e) {
        lock.release();
        throw e;
      }
    } catch (IOException e) {
      throw trouble(directory, e);
    }
  }

  /**
   * Goes on with the study in this directory, whose last process may have ended anyhow.
   *
   * @param now {@link StudySpec#read} of the directory, with every fingerprint, device and version
   *     as they are now
   * @throws StudyException when it is in use, damaged, or {@code now} differs from its spec; the
   *     message names every difference
   */
  public static Study resume(Path directory, StudySpec now, Clock clock) {
    StudySpec spec = StudySpec.read(directory);
    spec.requireSame(directory, now);
    try {
      StudyLock lock = StudyLock.acquire(directory);
      try {
        return open(directory, spec, lock, clock);
      } catch (IOException | RuntimeException e) {
        lock.release();
        throw e;
      }
    } catch (IOException e) {
      throw trouble(directory, e);
    }
  }

  private static Study open(Path directory, StudySpec spec, StudyLock lock, Clock clock)
      throws IOException {
    Journal journal = Journal.open(directory.resolve(Journal.NAME), AppendLock.GRACE);
    try {
      Study study = new Study(directory, spec, lock, journal, new Events(clock));
      study.replay.applyAll(journal.read());
      if (!study.replay.created()) {
        String name = directory.toAbsolutePath().normalize().getFileName().toString();
        study.append(List.of(study.events.createStudy(name)));
      }
      return study;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** Where the study is; results may be put beside its own files. */
  public Path directory() {
    return directory;
  }

  /** The command that goes on with this study, in one line for a shell. */
  public String resumeCommand() {
    return SpecFile.resumeCommand(directory);
  }

  public StudySpec spec() {
    return spec;
  }

  /** Every trial, in the order begun. */
  public List<Trial> trials() {
    return replay.trials();
  }

  /** The trials begun and not finished, such as one cut off by a crash: evaluate these first. */
  public List<Trial> unfinished() {
    return trials().stream().filter(trial -> !trial.finished()).toList();
  }

  /** The trial of a parent or known schedule. */
  public Optional<Trial> find(Origin origin) {
    return trials().stream().filter(trial -> trial.candidate().origin().equals(origin)).findFirst();
  }

  /**
   * What an optimizer is told: the proposals in the order asked, up to the first unfinished one.
   *
   * <p>A failed trial has the score NaN, a pruned one the score that stands in for its own.
   */
  public List<Evaluation> history() {
    return trials().stream()
        .filter(trial -> trial.candidate().origin().kind() == Origin.Kind.PROPOSAL)
        .takeWhile(Trial::finished)
        .map(trial -> new Evaluation(trial.candidate().point(), trial.objective()))
        .toList();
  }

  /** Begins the trial of a candidate. */
  public Trial begin(Candidate candidate) {
    append(List.of(events.begin(candidate)));
    return trials().get(trials().size() - 1);
  }

  /**
   * Ends a running trial with its outcome.
   *
   * @param attributes what else to note: strings, finite numbers, truth values, lists of these
   * @param scores scores on the way, by number of items; Optuna's intermediate values
   * @return the trial as it is now, for ever
   */
  public Trial complete(
      Trial trial,
      Outcome outcome,
      Map<String, Object> attributes,
      SortedMap<Integer, Double> scores) {
    return end(trial, Trial.State.COMPLETE, outcome, attributes, scores);
  }

  /** Ends a running trial with its outcome, of which nothing was known on the way. */
  public Trial complete(Trial trial, Outcome outcome, Map<String, Object> attributes) {
    return complete(trial, outcome, attributes, Collections.emptySortedMap());
  }

  /**
   * Ends a running trial that is dropped, as it is clearly worse than the best.
   *
   * @param outcome of the items so far; its objective is what the optimizer is told
   * @param attributes what else to note
   * @param scores scores on the way, by number of items
   * @return the trial as it is now, for ever
   */
  public Trial prune(
      Trial trial,
      Outcome outcome,
      Map<String, Object> attributes,
      SortedMap<Integer, Double> scores) {
    return end(trial, Trial.State.PRUNED, outcome, attributes, scores);
  }

  private Trial end(
      Trial trial,
      Trial.State state,
      Outcome outcome,
      Map<String, Object> attributes,
      SortedMap<Integer, Double> scores) {
    requireRunning(trial);
    attributes.forEach(
        (name, value) -> {
          boolean number = value instanceof Double || value instanceof Float;
          if (Events.reserved(name)
              || value == null
              || (number && !Double.isFinite(((Number) value).doubleValue()))) {
            throw new IllegalArgumentException("cannot note %s = %s".formatted(name, value));
          }
        });
    String begun = replay.begun(trial.number());
    append(events.end(trial.number(), begun, state, outcome, attributes, scores));
    return trials().get(trial.number());
  }

  /**
   * Ends a running trial that has no score; the search goes on.
   *
   * @param reason for people, in one line
   * @return the trial as it is now, for ever
   */
  public Trial fail(Trial trial, String reason) {
    requireRunning(trial);
    append(events.fail(trial.number(), replay.begun(trial.number()), reason));
    return trials().get(trial.number());
  }

  /** Lets others open the study; what was told is on disk already. */
  @Override
  public void close() {
    try {
      journal.close();
      lock.release();
    } catch (IOException e) {
      throw trouble(directory, e);
    }
  }

  private void requireRunning(Trial trial) {
    if (trials().get(trial.number()).finished()) {
      throw new IllegalStateException("trial %d is finished".formatted(trial.number()));
    }
  }

  private void append(List<Map<String, Object>> added) {
    try {
      replay.applyAll(journal.append(added));
    } catch (IOException e) {
      throw trouble(directory, e);
    }
  }

  /** Refuses a directory that holds anything but what a crash before the spec was whole leaves. */
  private static void refuseUsed(Path directory) throws IOException {
    if (Files.exists(directory.resolve(SpecFile.NAME))) {
      throw new StudyException(
          """
          %s is a study already, and a study is never overwritten.
          Maybe go on with it: %s
          Or give the new study another directory."""
              .formatted(directory, SpecFile.resumeCommand(directory)));
    }
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      Optional<Path> entry =
          entries.filter(e -> !LEFT_BY_A_CRASH.contains(e.getFileName().toString())).findFirst();
      if (entry.isPresent()) {
        throw new StudyException(
            """
            %s holds %s, expected a new or empty directory for a study.
            Maybe give the study another directory."""
                .formatted(directory, entry.get().getFileName()));
      }
    }
  }

  private static StudyException trouble(Path directory, IOException cause) {
    return new StudyException(
        """
        The study %s cannot be read or written: %s
        Maybe the disk is full or not writable; then go on with: %s"""
            .formatted(directory, cause, SpecFile.resumeCommand(directory)),
        cause);
  }
}
