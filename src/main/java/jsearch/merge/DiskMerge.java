package jsearch.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.SafetensorsWriter;
import jsearch.checkpoint.ShardedWriter;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Torch;

/**
 * Merges parents by a plan into a checkpoint on disk, part by part on all cores.
 *
 * <p>Numbers are those of {@link CandidateWeights}, bit for bit. Memory holds the inputs of the
 * tensors at hand: of one that is large, else about 128 MB.
 */
public final class DiskMerge {
  /** Room for config, tokenizer and card beside the weights. */
  private static final long SIDE_BYTES = 64L << 20;

  private final Torch torch;
  private final MergePlan plan;
  private final Interpolation interpolation;
  private final SourceFiles sources;

  /** A merge by this plan that interpolates as mergekit does. */
  public DiskMerge(Torch torch, MergePlan plan) {
    this(torch, plan, Interpolation.MERGEKIT);
  }

  /**
   * A merge by this plan.
   *
   * @param torch the engine, on the device that shall compute
   */
  public DiskMerge(Torch torch, MergePlan plan, Interpolation interpolation) {
    this.torch = torch;
    this.plan = plan;
    this.interpolation = interpolation;
    sources = new SourceFiles(plan.parents());
  }

  /**
   * Writes the checkpoint beside its place and renames it when whole.
   *
   * @param place a new or empty directory
   * @param replace whether a checkpoint that stands there may be replaced
   * @param shardBytes bytes of weights in a file, at most
   * @return false when the monitor said stop; then, as after an exception, nothing is left
   * @throws InputException when the place cannot be taken, the disk refuses, a weight is not
   *     finite, or a parent changes meanwhile
   */
  public boolean write(Path place, boolean replace, long shardBytes, MergeMonitor monitor) {
    StagedDirectory.requireFree(place, replace);
    StagedDirectory.requireApart(
        place, plan.parents().stream().map(Checkpoint::directory).toList());
    requireSpace(place);
    plan.warnings().forEach(monitor::warn);
    try (StagedDirectory directory = new StagedDirectory(place)) {
      merge(directory.stage(), shardBytes, monitor);
      String name = place.toAbsolutePath().normalize().getFileName().toString();
      new SideFiles(plan).write(directory.stage(), name);
      sources.requireUnchanged();
      directory.publish();
      return true;
    } catch (CancellationException e) {
      return false;
    } catch (IOException e) {
      throw new InputException("%s cannot be written: %s".formatted(place, e), e);
    }
  }

  private void requireSpace(Path place) {
    Path existing = place.toAbsolutePath().normalize();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      long needed = plan.bytes() + SIDE_BYTES;
      long free = Files.getFileStore(existing).getUsableSpace();
      if (free < needed) {
        throw new InputException(
            "%s has %,d MB of free space, expected %,d MB for the merge."
                .formatted(existing, free / 1_000_000, needed / 1_000_000));
      }
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(existing, e), e);
    }
  }

  private void merge(Path directory, long shardBytes, MergeMonitor monitor) throws IOException {
    List<SafetensorsWriter.Entry> entries =
        plan.blends().stream()
            .map(b -> new SafetensorsWriter.Entry(b.name(), b.stored(), b.shape()))
            .toList();
    Meter meter = new Meter(plan.bytes(), monitor);
    Assemblies assemblies = new Assemblies(plan.blends());
    try (Arena arena = torch.arena();
        SourceReader sources = new SourceReader();
        ShardedWriter writer = new ShardedWriter(directory, entries, shardBytes)) {
      Storage storage = new Storage(torch);
      Tools tools = new Tools(storage, sources, new Slots(storage, arena), writer);
      List<Integer> workers = IntStream.range(0, torch.threads()).boxed().toList();
      torch.sideBySide(workers, worker -> work(assemblies, tools, meter));
      meter.requireGoing();
      writer.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void work(Assemblies assemblies, Tools tools, Meter meter) {
    try (Arena arena = torch.arena()) {
      Kernel kernel = new Kernel(torch, arena);
      Optional<Assemblies.Task> task = assemblies.next();
      while (task.isPresent()) {
        meter.requireGoing();
        run(task.get(), assemblies, tools, kernel, meter);
        task = assemblies.next();
      }
    } catch (IOException e) {
      assemblies.fail();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      assemblies.fail();
      throw e;
    }
  }

  private void run(
      Assemblies.Task task, Assemblies assemblies, Tools tools, Kernel kernel, Meter meter)
      throws IOException {
    Assembly assembly = task.assembly();
    if (!task.blend()) {
      boolean whole = assembly.read(task.part(), tools, kernel);
      if (!assembly.streamed()) {
        if (whole) {
          Angle angle = assembly.measure(interpolation);
          if (angle.antiparallel()) {
            meter.warnOfOpposites(assembly.blend().name(), angle);
          }
          assemblies.whole(assembly);
        }
        return;
      }
    }
    boolean done = assembly.blend(task.part(), tools, kernel);
    meter.written(assembly.count(task.part()) * assembly.blend().stored().bytes());
    if (done) {
      assemblies.done(assembly);
    }
  }

  /** Counts what is written and asks whether to go on; for all workers. */
  private static final class Meter {
    private final long total;
    private final MergeMonitor monitor;
    private long written;

    Meter(long total, MergeMonitor monitor) {
      this.total = total;
      this.monitor = monitor;
    }

    synchronized void written(long bytes) {
      written += bytes;
      monitor.written(written, total);
    }

    synchronized void requireGoing() {
      if (monitor.stop()) {
        throw new CancellationException();
      }
    }

    synchronized void warnOfOpposites(TensorName name, Angle angle) {
      monitor.warn(
          "Tensor %s points in opposite directions in the parents: %s."
              .formatted(
                  name.text(),
                  angle.linear()
                      ? "it interpolates linearly"
                      : "which way it turns is left to rounding"));
    }
  }
}
