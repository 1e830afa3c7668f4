package jsearch.run;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import jsearch.checkpoint.Checkpoint;
import jsearch.compat.Compatibility;
import jsearch.document.InputException;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.optimize.Algorithm;
import jsearch.optimize.Optimizer;
import jsearch.plan.Parents;
import jsearch.plan.Tokens;
import jsearch.schedule.Family;
import jsearch.schedule.Recipe;
import jsearch.schedule.Schedule;
import jsearch.study.Compute;
import jsearch.study.Limits;
import jsearch.study.Source;
import jsearch.study.Study;
import jsearch.study.StudyException;
import jsearch.study.StudySpec;
import jsearch.study.Trial;
import jsearch.study.Turn;

/** A study open for work: everything that its search needs, loaded and checked. */
public final class Session implements AutoCloseable {
  private final SearchRequest request;
  private final Materials materials;
  private final Workbenches workbenches;
  private final Scoring scoring;
  private final ParentFiles files;
  private final Study study;
  private final Candidates candidates;
  private final Limits limits;
  private final FinishLine finishLine;
  private final Watchdog watchdog;
  private final Clock clock;

  /**
   * Opens a study.
   *
   * @param threads of a worker on the CPU that the study was begun with; empty for all
   * @param asked limits that hold in the place of the study's, where given
   */
  private Session(
      SearchRequest request,
      OptionalInt threads,
      Limits asked,
      Clock clock,
      Places places,
      BiFunction<StudySpec, List<String>, Study> opener) {
    this.request = request;
    this.clock = clock;
    long begun = clock.millis();
    materials = Materials.of(request);
    Suite suite = materials.suite();
    Schedules schedules = materials.schedules();
    Parents parents = materials.parents();
    files = new ParentFiles(parents);
    Optimizer optimizer =
        request.algorithm().optimizer(schedules.family().centre(), request.seed());
    workbenches = new Workbenches(request, threads, parents, suite);
    try {
      // Last, so that a fault in what the user gave leaves nothing on disk.
      study = opener.apply(spec(request, parents, suite, places), suite.axes());
    } catch (RuntimeException e) {
      workbenches.close();
      throw e;
    }
    scoring = new Scoring(schedules, clock);
    candidates = new Candidates(study, schedules, optimizer);
    watchdog = new Watchdog(study.trials());
    // A time that is asked for anew counts from the beginning of this.
    Duration before = asked.time().isPresent() ? Duration.ZERO : study.worked();
    limits = study.spec().limits().overriddenBy(asked);
    finishLine = new FinishLine(limits, before.plusMillis(clock.millis() - begun), clock);
    study.announce(turn());
  }

  private Turn turn() {
    LocalDateTime now = LocalDateTime.now(clock);
    return new Turn(
        now,
        finishLine.left().map(now::plus),
        limits.patience(),
        workbench().tokens(Split.SEARCH),
        workbench().tokens(Split.CONFIRM));
  }

  /**
   * Begins a study in a new directory.
   *
   * @param directory asked for once nothing else can fail
   * @throws jsearch.document.InputException for a fault in what the request names
   * @throws jsearch.study.StudyException when the directory is taken
   */
  public static Session create(
      SearchRequest request, Supplier<Path> directory, Clock clock, Places places) {
    return new Session(
        request,
        OptionalInt.empty(),
        Limits.NONE,
        clock,
        places,
        (spec, axes) -> Study.create(directory.get(), spec, axes, clock));
  }

  /** Goes on with the study in this directory, all as it has it. */
  public static Session resume(Path directory, Clock clock, Places places) {
    return resume(directory, Amendments.of(Limits.NONE), clock, places);
  }

  /**
   * Goes on with the study in this directory.
   *
   * @param amended what the user wants otherwise; a time limit counts from now
   * @throws StudyException when it is damaged, in use, or anything but limits has changed
   */
  public static Session resume(Path directory, Amendments amended, Clock clock, Places places) {
    StudySpec spec = StudySpec.read(directory);
    return new Session(
        amended.of(request(spec, places)),
        spec.compute().threads(),
        amended.limits(),
        clock,
        places,
        (now, axes) -> Study.resume(directory, now, axes, clock));
  }

  /**
   * Begins a new study with what still holds of a changed one, see {@link Study#fork}.
   *
   * @param from directory of the study, which stays as it is
   * @param to a new or empty directory
   * @param amended what the user wants otherwise
   * @throws StudyException when there is no change, or either directory cannot be used
   */
  public static Session fork(Path from, Path to, Amendments amended, Clock clock, Places places) {
    return new Session(
        amended.of(request(StudySpec.read(from), places)),
        OptionalInt.empty(),
        amended.limits(),
        clock,
        places,
        (now, axes) -> Study.fork(from, to, now, axes, clock));
  }

  private static SearchRequest request(StudySpec spec, Places places) {
    return new SearchRequest(
        places.file(spec.base().path()),
        places.file(spec.donor().path()),
        spec.tokenizerSource().map(Tokens::named),
        places.file(spec.suite().path()),
        places.file(spec.family().path()),
        places.file(spec.baselines().path()),
        Algorithm.named(spec.optimizer()),
        spec.budget(),
        spec.seed(),
        spec.race(),
        spec.limits(),
        OptionalInt.of(spec.compute().workers()),
        arithmetic(spec.compute()));
  }

  private static Arithmetic arithmetic(Compute recorded) {
    try {
      return new Arithmetic(
          recorded.device(), Precision.named(recorded.dtype()), recorded.batchTokens());
    } catch (InputException e) {
      throw new StudyException("The study's compute is damaged: " + e.getMessage(), e);
    }
  }

  private StudySpec spec(SearchRequest request, Parents parents, Suite suite, Places places) {
    return new StudySpec(
        checkpoint(parents.base(), places),
        checkpoint(parents.donor(), places),
        parents.tokens().map(Tokens::toString),
        Source.ofFiles(places.name(request.suite()), suite.files()),
        file(request.family(), places),
        file(request.baselines(), places),
        request.algorithm().toString(),
        request.seed(),
        request.budget(),
        request.race(),
        request.limits(),
        workbenches.compute(),
        // In the same order in every process, which Map.of is not.
        new TreeMap<>(
            Map.of(
                "jsearch",
                Version.jsearch(),
                "djl",
                Version.djl(),
                "pytorch",
                workbenches.pytorch())));
  }

  private static Source checkpoint(Checkpoint checkpoint, Places places) {
    return new Source(places.name(checkpoint.directory()), "sha256:" + checkpoint.fingerprint());
  }

  private static Source file(Path file, Places places) {
    return Source.ofFile(places.name(file), file);
  }

  /** What a person may not expect of this study, a sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(materials.notes(request));
    workbenches.threads().note().ifPresent(notes::add);
    return notes;
  }

  /** What the six scalars mean. */
  public Family family() {
    return scoring.family();
  }

  /** Parents, candidate and suite on the device. */
  public Workbench workbench() {
    return workbenches.first();
  }

  /**
   * The merge by a schedule as a recipe.
   *
   * @param comment any number of lines, written above it
   */
  public Recipe recipe(String comment, Schedule schedule) {
    StudySpec spec = study.spec();
    return materials
        .parents()
        .recipe(
            comment, forMergekit(spec.base().path()), forMergekit(spec.donor().path()), schedule);
  }

  /** mergekit asks the hub for a name such as models/x, even where the directory exists. */
  private static String forMergekit(String path) {
    return Path.of(path).isAbsolute() ? path : "./" + path;
  }

  /** The study on disk. */
  public Study study() {
    return study;
  }

  /** The schedule that one of the study's trials evaluates. */
  public Schedule schedule(Trial trial) {
    return scoring.schedule(trial);
  }

  /** What ends the search before its budget is spent. */
  public Limits limits() {
    return limits;
  }

  /** From now on a trial that does not end, as when a device hangs, is told. */
  public void watch(Alarm alarm) {
    watchdog.start(alarm, study.resumeCommand());
  }

  /** Searches until it ends or is told to stop; running trials are finished then. */
  public Ending run(Progress progress, BooleanSupplier stop) {
    return run(progress, stop, () -> false);
  }

  /**
   * Searches until every trial is finished, a limit is reached or it is told to stop.
   *
   * @param stop asked before each trial; running ones are finished
   * @param drop asked between batches on any thread; running trials are then left unfinished, to be
   *     evaluated again when the study goes on
   * @throws StudyException when the disk, the journal or a parent's file is in trouble
   */
  public Ending run(Progress progress, BooleanSupplier stop, BooleanSupplier drop) {
    study.whenFull(new Room(clock, Room.PAUSE, progress::paused, stop));
    Runnable check = () -> files.requireUnchanged(study.resumeCommand());
    List<Worker> workers =
        workbenches.all().stream()
            .map(workbench -> new Worker(workbench, scoring, check, watchdog))
            .toList();
    return new Search(study, candidates, workers, finishLine).run(progress, stop, drop);
  }

  /**
   * Scores the winner, the parents and the best global SLERP of a finished search on fresh items.
   *
   * @throws StudyException when there is nothing to compare, or a parent's file has changed
   */
  public Verdict verdict(Compatibility compatibility) {
    OptionalInt batchTokens = Search.batchTokens(study.trials());
    workbenches.all().forEach(workbench -> workbench.limitBatches(batchTokens));
    Verdict verdict = Verdict.of(study, scoring, workbenches.all(), compatibility);
    files.requireUnchanged(study.resumeCommand());
    return verdict;
  }

  /** What the race has saved; empty where every trial is scored whole. */
  public Optional<Savings> savings() {
    return study.spec().race()
        ? Optional.of(Savings.of(study.trials(), workbench().items(Split.SEARCH)))
        : Optional.empty();
  }

  @Override
  public void close() {
    watchdog.close();
    study.close();
    workbenches.close();
  }
}
