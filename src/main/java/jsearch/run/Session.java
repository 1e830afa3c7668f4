package jsearch.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.Parents;
import jsearch.compat.Compatibility;
import jsearch.document.InputException;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.optimize.Algorithm;
import jsearch.optimize.Optimizer;
import jsearch.schedule.Baseline;
import jsearch.schedule.Baselines;
import jsearch.schedule.Family;
import jsearch.schedule.Schedule;
import jsearch.study.Compute;
import jsearch.study.Origin;
import jsearch.study.Source;
import jsearch.study.Study;
import jsearch.study.StudyException;
import jsearch.study.StudySpec;
import jsearch.torch.Torch;

/** A study open for work: everything that its search needs, loaded and checked. */
public final class Session implements AutoCloseable {
  private final Torch torch;
  private final Family family;
  private final Workbench workbench;
  private final Study study;
  private final Search search;
  private final Clock clock;

  private Session(
      SearchRequest request, Clock clock, Places places, Function<StudySpec, Study> opener) {
    this.clock = clock;
    List<Baseline> baselines = Baselines.load(request.baselines());
    family = Family.load(request.family());
    Suite suite = Suite.read(request.suite());
    Parents parents =
        new Parents(Checkpoint.open(request.base()), Checkpoint.open(request.donor()));
    Map<Origin, Schedule> known = KnownSchedules.of(baselines, parents.base().layers());
    Optimizer optimizer = request.algorithm().optimizer(family.centre(), request.seed());
    torch = Torch.open(request.arithmetic().device());
    try {
      workbench = new Workbench(torch, parents, suite, request.race(), request.arithmetic());
      // Last, so that a fault in what the user gave leaves nothing on disk.
      study = opener.apply(spec(request, parents, suite, places));
    } catch (RuntimeException e) {
      torch.close();
      throw e;
    }
    search = new Search(study, workbench, family, known, optimizer, clock);
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
    return new Session(request, clock, places, spec -> Study.create(directory.get(), spec, clock));
  }

  /**
   * Goes on with the study in this directory.
   *
   * @throws jsearch.study.StudyException when it is damaged, in use, or its inputs have changed
   */
  public static Session resume(Path directory, Clock clock, Places places) {
    StudySpec spec = StudySpec.read(directory);
    SearchRequest request =
        new SearchRequest(
            places.file(spec.base().path()),
            places.file(spec.donor().path()),
            places.file(spec.suite().path()),
            places.file(spec.family().path()),
            places.file(spec.baselines().path()),
            Algorithm.named(spec.optimizer()),
            spec.budget(),
            spec.seed(),
            spec.race(),
            arithmetic(spec.compute()));
    return new Session(request, clock, places, now -> Study.resume(directory, now, clock));
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
        Source.ofFiles(places.name(request.suite()), suite.files()),
        file(request.family(), places),
        file(request.baselines(), places),
        request.algorithm().toString(),
        request.seed(),
        request.budget(),
        request.race(),
        workbench.compute(),
        // In the same order in every process, which Map.of is not.
        new TreeMap<>(
            Map.of(
                "jsearch", Version.jsearch(), "djl", Version.djl(), "pytorch", torch.version())));
  }

  private static Source checkpoint(Checkpoint checkpoint, Places places) {
    return new Source(places.name(checkpoint.directory()), "sha256:" + checkpoint.fingerprint());
  }

  private static Source file(Path file, Places places) {
    return Source.ofFile(places.name(file), file);
  }

  /** What the six scalars mean. */
  public Family family() {
    return family;
  }

  /** Parents, candidate and suite on the device. */
  public Workbench workbench() {
    return workbench;
  }

  /** The study on disk. */
  public Study study() {
    return study;
  }

  /**
   * Searches until every trial is finished or it is told to stop.
   *
   * @param stop asked before each trial
   * @return whether every trial is finished
   * @throws jsearch.study.StudyException when the disk or the journal is in trouble
   */
  public boolean run(Progress progress, BooleanSupplier stop) {
    study.whenFull(new Room(clock, Room.PAUSE, progress::paused, stop));
    return search.run(progress, stop);
  }

  /**
   * Scores the winner, the parents and the best global SLERP of a finished search on fresh items.
   *
   * @throws jsearch.study.StudyException when a parent or every merge failed
   */
  public Verdict verdict(Compatibility compatibility) {
    return Verdict.of(study, search, workbench, compatibility);
  }

  /** What the race has saved; empty where every trial is scored whole. */
  public Optional<Savings> savings() {
    return study.spec().race()
        ? Optional.of(Savings.of(study.trials(), workbench.items(Split.SEARCH)))
        : Optional.empty();
  }

  @Override
  public void close() {
    study.close();
    workbench.close();
    torch.close();
  }
}
