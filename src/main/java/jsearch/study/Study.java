package jsearch.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jsearch.document.Writer;
import jsearch.optimize.Evaluation;

/**
 * One search on disk: a directory with its spec, the journal of its trials and their items.
 *
 * <p>Open in one place at a time, and used by one thread. Its trials are what the journal says; a
 * process may end at any moment, and a trial then left running is evaluated again under the same
 * number, so that the search takes the way that it would have taken undisturbed. Every method
 * throws {@link StudyException} when the disk or the journal is in trouble.
 */
public final class Study implements AutoCloseable {
  private final StudyFolder folder;
  private final StudySpec spec;
  private final StudyLock lock;
  private final Journal journal;
  private final Events events;
  private final Replay replay = new Replay();
  private final ItemLog items;
  private FullDisk fullDisk = FullDisk.GIVES_UP;
  private Optional<Turn> turn = Optional.empty();

  private Study(StudyFolder folder, StudySpec spec, List<String> axes, StudyLock lock, Clock clock)
      throws IOException {
    this.folder = folder;
    this.spec = spec;
    this.lock = lock;
    this.events = new Events(clock);
    journal = Journal.open(folder.journal(), AppendLock.GRACE);
    try {
      replay.applyAll(journal.read());
      if (!replay.created()) {
        append(List.of(events.createStudy(folder.name(), axes)));
      }
      if (replay.axes().isEmpty() && !axes.isEmpty()) {
        append(List.of(events.nameAxes(axes)));
      }
      items = ItemLog.open(folder.items(), this::isFinished);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Refuses a directory in which no study can begin, before anything is loaded for it.
   *
   * @throws StudyException naming what is there
   */
  public static void requireUnused(Path directory) {
    StudyFolder folder = new StudyFolder(directory);
    try {
      folder.requireUnused();
    } catch (IOException e) {
      throw folder.trouble(e);
    }
  }

  /**
   * Begins a study in a directory that is new or empty; the parents of the directory are made.
   *
   * @throws StudyException when something is there already, which is left as it is
   */
  public static Study create(Path directory, StudySpec spec, Clock clock) {
    return create(directory, spec, List.of(), clock);
  }

  /**
   * Begins a study in a directory that is new or empty; the parents of the directory are made.
   *
   * @param axes names of the two scores that a trial has; empty where it has one
   * @throws StudyException when something is there already, which is left as it is
   */
  public static Study create(Path directory, StudySpec spec, List<String> axes, Clock clock) {
    StudyFolder folder = new StudyFolder(directory);
    try {
      folder.requireUnused();
      Files.createDirectories(directory);
      StudyLock lock = StudyLock.acquire(directory);
      try {
        folder.requireUnused();
        SpecFile.write(directory, spec);
      } catch (IOException | RuntimeException e) {
        lock.release();
        throw e;
      }
      return open(folder, spec, axes, lock, clock);
    } catch (IOException e) {
      throw folder.trouble(e);
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
    return resume(directory, now, List.of(), clock);
  }

  /**
   * Goes on with the study in this directory, whose last process may have ended anyhow.
   *
   * @param now as {@link #resume(Path, StudySpec, Clock)} has it
   * @param axes as {@link #create(Path, StudySpec, List, Clock)} was told
   * @throws StudyException when it is in use, damaged, or {@code now} differs from its spec
   */
  public static Study resume(Path directory, StudySpec now, List<String> axes, Clock clock) {
    StudyFolder folder = new StudyFolder(directory);
    StudySpec spec = StudySpec.read(directory);
    spec.requireSame(directory, now);
    try {
      return open(folder, spec, axes, StudyLock.acquire(directory), clock);
    } catch (IOException e) {
      throw folder.trouble(e);
    }
  }

  private static Study open(
      StudyFolder folder, StudySpec spec, List<String> axes, StudyLock lock, Clock clock)
      throws IOException {
    try {
      return new Study(folder, spec, axes, lock, clock);
    } catch (IOException | RuntimeException e) {
      lock.release();
      throw e;
    }
  }

  /**
   * Begins a study in a new directory with those trials of another that still hold for it.
   *
   * @param from the other study, which stays as it is
   * @param to a new or empty directory
   * @param now what decides the new study's trials
   * @param axes names of the two scores that a trial of it has; empty where it has one
   * @throws StudyException when the other is in use or damaged, nothing differs, or {@code to} is
   *     taken
   */
  public static Study fork(Path from, Path to, StudySpec now, List<String> axes, Clock clock) {
    StudySpec then = StudySpec.read(from);
    if (then.changes(now).isEmpty()) {
      throw new StudyException(
          """
          Nothing that decides the trials of %s has changed, so a fork would be a copy.
          Maybe go on with it: %s"""
              .formatted(from, SpecFile.resumeCommand(from)));
    }
    try (Study old = resume(from, then, clock)) {
      Study study = create(to, now, axes, clock);
      try {
        study.takeAlong(Fork.of(old, now));
        return study;
      } catch (IOException | RuntimeException e) {
        study.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StudyFolder(to).trouble(e);
    }
  }

  private void takeAlong(Fork fork) throws IOException {
    for (Map.Entry<Integer, Map<String, List<Double>>> trial : fork.items().entrySet()) {
      items.append(trial.getKey(), trial.getValue());
    }
    List<Map<String, Object>> added = new ArrayList<>();
    added.add(events.noteOnStudy("forked_from", fork.note()));
    added.addAll(fork.events());
    append(added);
  }

  /** From now on this is asked whenever the disk is full; at first a study gives up. */
  public void whenFull(FullDisk handler) {
    fullDisk = handler;
  }

  /** Where the study is; results may be put beside its own files. */
  public Path directory() {
    return folder.path();
  }

  /** The command that goes on with this study, in one line for a shell. */
  public String resumeCommand() {
    return folder.resumeCommand();
  }

  /** Writes a file beside the study's own: whole, or not at all. */
  public void write(String name, String text) {
    persist(
        () -> {
          Writer.replace(folder.path().resolve(name), text);
          return null;
        });
  }

  public StudySpec spec() {
    return spec;
  }

  /** The names of the two scores that a trial has; empty where it has one. */
  public List<String> axes() {
    return replay.axes();
  }

  /** Every trial, in the order begun. */
  public List<Trial> trials() {
    return replay.trials();
  }

  /** The trials begun and not finished, such as one cut off by a crash: evaluate these first. */
  public List<Trial> unfinished() {
    return trials().stream().filter(trial -> !trial.finished()).toList();
  }

  /** Says for others how long this process may need; once, when that is known. */
  public void announce(Turn turn) {
    persist(
        () -> {
          lock.announce(turn);
          return null;
        });
    this.turn = Optional.of(turn);
  }

  /** The study at this moment, as others see it. */
  public Snapshot snapshot() {
    return new Snapshot(
        folder.path(),
        spec,
        replay.timed(),
        replay.worked(),
        OptionalLong.of(ProcessHandle.current().pid()),
        turn);
  }

  /** How long the study was worked on to the end of its last trial, breaks left out. */
  public Duration worked() {
    return replay.worked();
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
   * Ends a running trial that was scored whole.
   *
   * @return the trial as it is now, for ever
   */
  public Trial complete(Trial trial, Scored scored) {
    return end(trial, Trial.State.COMPLETE, scored);
  }

  /**
   * Ends a running trial that is dropped, as it is clearly worse than the best.
   *
   * @param scored of the items so far; its objective is what the optimizer is told
   * @return the trial as it is now, for ever
   */
  public Trial prune(Trial trial, Scored scored) {
    return end(trial, Trial.State.PRUNED, scored);
  }

  private Trial end(Trial trial, Trial.State state, Scored scored) {
    requireRunning(trial);
    if (!scored.items().isEmpty()) {
      persist(
          () -> {
            items.append(trial.number(), scored.items());
            return null;
          });
    }
    append(events.end(trial.number(), replay.begun(trial.number()), state, scored));
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
      items.close();
      lock.release();
    } catch (IOException e) {
      throw folder.trouble(e);
    }
  }

  private boolean isFinished(int trial) {
    return trial < trials().size() && trials().get(trial).finished();
  }

  private void requireRunning(Trial trial) {
    if (isFinished(trial.number())) {
      throw new IllegalStateException("trial %d is finished".formatted(trial.number()));
    }
  }

  private void append(List<Map<String, Object>> added) {
    replay.applyAll(persist(() -> journal.append(added)));
  }

  private <T> T persist(FullDisk.Work<T> work) {
    try {
      return fullDisk.retry(work);
    } catch (IOException e) {
      throw folder.trouble(e);
    }
  }
}
