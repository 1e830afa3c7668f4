package jsearch.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import jsearch.eval.Suite;
import jsearch.plan.Parents;
import jsearch.study.Compute;
import jsearch.torch.Torch;

/**
 * One workbench a worker: each on a GPU of its own, or with its share of the CPU's threads.
 *
 * <p>On the CPU the parents are mapped, so that one more costs the memory of a candidate.
 */
final class Workbenches implements AutoCloseable {
  private final List<Torch> engines = new ArrayList<>();
  private final List<Workbench> all = new ArrayList<>();
  private final OptionalInt threads;

  /**
   * Loads the parents for as many workers as the request asks for.
   *
   * @param threads of a worker on the CPU that the study was begun with; empty for all
   * @throws jsearch.document.InputException as {@link Workbench} does
   */
  Workbenches(SearchRequest request, OptionalInt threads, Parents parents, Suite suite) {
    this.threads = threads;
    String asked = request.arithmetic().device();
    boolean spread = asked.equals("auto") || asked.equals("gpu");
    List<String> devices = devices(asked, request.workers(), spread ? Torch.gpus() : 0);
    try {
      for (String device : devices) {
        int sharers = (int) devices.stream().filter(device::equals).count();
        engines.add(Torch.open(device, sharers, threads));
        all.add(
            new Workbench(
                engines.get(engines.size() - 1),
                parents,
                suite,
                request.race(),
                arithmetic(request.arithmetic())));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * The device of each worker.
   *
   * @param asked {@code auto} and {@code gpu} spread workers over all GPUs
   * @param workers how many; empty for one a GPU where they are spread, else one
   * @param gpus how many GPUs there are to spread over
   */
  static List<String> devices(String asked, OptionalInt workers, int gpus) {
    return IntStream.range(0, workers.orElse(Math.max(1, gpus)))
        .mapToObj(worker -> gpus == 0 ? asked : "gpu:" + worker % gpus)
        .toList();
  }

  /** Batches as the first one's, since they decide how rows are padded. */
  private Arithmetic arithmetic(Arithmetic asked) {
    return all.isEmpty()
        ? asked
        : new Arithmetic(asked.device(), asked.precision(), OptionalInt.of(first().batchTokens()));
  }

  List<Workbench> all() {
    return List.copyOf(all);
  }

  /** The one that is asked what holds for all. */
  Workbench first() {
    return all.get(0);
  }

  /** Threads of a worker. */
  Threads threads() {
    return first().threads(threads);
  }

  /** What a study's trials are computed with. */
  Compute compute() {
    List<String> devices = all.stream().map(Workbench::device).distinct().toList();
    return new Compute(
        devices.size() == 1 ? devices.get(0) : "gpu",
        first().precision().toString(),
        threads().recorded(),
        OptionalInt.of(first().batchTokens()),
        all.size());
  }

  /** The version of libtorch. */
  String pytorch() {
    return engines.get(0).version();
  }

  @Override
  public void close() {
    all.forEach(Workbench::close);
    engines.forEach(Torch::close);
  }
}
