package jsearch.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import jsearch.checkpoint.SafetensorsWriter;
import jsearch.checkpoint.ShardedWriter;
import jsearch.checkpoint.TensorName;
import jsearch.plan.Blend;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Torch;

/**
 * Carries blends out: reads their inputs, mixes them and writes the result, part by part.
 *
 * <p>On the CPU every core has a worker of one thread, so that no operation waits for another's; a
 * GPU has one worker.
 */
final class BlendWriter {
  private final Torch torch;
  private final List<Blend> blends;
  private final Interpolation interpolation;

  BlendWriter(Torch torch, List<Blend> blends, Interpolation interpolation) {
    this.torch = torch;
    this.blends = List.copyOf(blends);
    this.interpolation = interpolation;
  }

  /**
   * Writes the files of weights, and where there are several their index.
   *
   * @throws jsearch.document.InputException when a parent cannot be read or a weight is not finite
   * @throws CancellationException when the monitor says stop
   * @throws IOException when the disk refuses
   */
  void write(Path directory, long shardBytes, MergeMonitor monitor) throws IOException {
    List<SafetensorsWriter.Entry> entries =
        blends.stream()
            .map(b -> new SafetensorsWriter.Entry(b.name(), b.stored(), b.shape()))
            .toList();
    Meter meter = new Meter(blends.stream().mapToLong(Blend::bytes).sum(), monitor);
    Assemblies assemblies = new Assemblies(blends);
    try (Arena arena = torch.arena();
        SourceReader sources = new SourceReader();
        ShardedWriter writer = new ShardedWriter(directory, entries, shardBytes)) {
      Storage storage = new Storage(torch);
      Tools tools = new Tools(sources, new Buffers(storage, arena), writer);
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
