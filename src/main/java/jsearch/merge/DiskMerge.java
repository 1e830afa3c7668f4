package jsearch.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.SafetensorsWriter;
import jsearch.checkpoint.ShardedWriter;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/**
 * Merges parents by a plan into a checkpoint on disk, one tensor after the other.
 *
 * <p>Numbers are those of {@link CandidateWeights}, bit for bit. Parents are mapped, not read into
 * memory, and a few megabytes of the merge are held at a time; only where {@code dtype} is narrower
 * than a parent does memory hold both tensors of the pair at hand.
 */
public final class DiskMerge {
  /** Elements merged before they are written: their bytes stay in the cache until then. */
  private static final long PART = 1 << 20;

  /** Room for config, tokenizer and card beside the weights. */
  private static final long SIDE_BYTES = 64L << 20;

  private final Torch torch;
  private final MergePlan plan;
  private final Storage storage;
  private final Kernel kernel;
  private final SourceFiles sources;

  private record Buffer(Tensor tensor, ByteBuffer memory) {}

  /**
   * A merge by this plan.
   *
   * @param torch the engine, on the CPU
   */
  public DiskMerge(Torch torch, MergePlan plan) {
    if (!torch.device().equals("cpu")) {
      throw new IllegalArgumentException("merging to disk on " + torch.device());
    }
    this.torch = torch;
    this.plan = plan;
    storage = new Storage(torch);
    kernel = new Kernel(torch);
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
    try (StagedDirectory directory = new StagedDirectory(place);
        Arena arena = torch.arena()) {
      ShardedWriter.write(directory.stage(), entries(arena, monitor), shardBytes);
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

  private List<SafetensorsWriter.Entry> entries(Arena arena, MergeMonitor monitor) {
    Map<DType, Buffer> buffers = new EnumMap<>(DType.class);
    Meter meter = new Meter(plan.bytes(), monitor);
    return plan.blends().stream()
        .map(
            blend ->
                new SafetensorsWriter.Entry(
                    blend.name(),
                    blend.stored(),
                    blend.shape(),
                    channel -> {
                      Buffer buffer =
                          buffers.computeIfAbsent(blend.stored(), f -> buffer(arena, f));
                      merge(blend, buffer, channel, meter);
                    }))
        .toList();
  }

  private Buffer buffer(Arena arena, DType format) {
    Tensor tensor = storage.empty(arena, PART, format);
    return new Buffer(tensor, tensor.memory());
  }

  private void merge(Blend blend, Buffer buffer, WritableByteChannel channel, Meter meter)
      throws IOException {
    try (Arena arena = torch.arena()) {
      TensorInfo[] files = {source(blend, 0), source(blend, 1)};
      Tensor base = read(arena, blend.inputs().get(0));
      Tensor donor = read(arena, blend.inputs().get(1));
      meter.requireGoing();
      Angle angle =
          kernel
              .angles(
                  List.of(new Parents.Pair(blend.name(), files[0], files[1])),
                  List.of(base),
                  List.of(donor))
              .get(0);
      if (angle.antiparallel()) {
        meter.warnOfOpposites(blend.name());
      }
      double t = ((Mix.Slerp) blend.mix()).t();
      for (long first = 0; first < blend.elements(); first += PART) {
        long count = Math.min(PART, blend.elements() - first);
        kernel.blendPart(buffer.tensor(), base, donor, angle, t, blend.rounded(), first, count);
        ByteBuffer bytes = buffer.memory().clear().limit((int) count * blend.stored().bytes());
        meter.written(bytes.remaining());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    }
  }

  private static TensorInfo source(Blend blend, int input) {
    return blend.inputs().get(input).spans().get(0).tensor().orElseThrow();
  }

  /** A parent's tensor, in the input's format where that changes its numbers. */
  private Tensor read(Arena arena, Input input) {
    TensorInfo info = input.spans().get(0).tensor().orElseThrow();
    Tensor own = storage.load(arena, List.of(info)).get(0);
    DType wanted = input.format();
    // Every format holds all numbers of every narrower one.
    boolean same = wanted == info.dtype() || wanted.bytes() > info.dtype().bytes();
    return same ? own : storage.to(arena, own, wanted);
  }

  /** Counts what is written and asks whether to go on. */
  private static final class Meter {
    private final long total;
    private final MergeMonitor monitor;
    private long written;

    Meter(long total, MergeMonitor monitor) {
      this.total = total;
      this.monitor = monitor;
    }

    void written(long bytes) {
      requireGoing();
      written += bytes;
      monitor.written(written, total);
    }

    void requireGoing() {
      if (monitor.stop()) {
        throw new CancellationException();
      }
    }

    void warnOfOpposites(TensorName name) {
      monitor.warn(
          "Tensor %s points in opposite directions in the parents: it interpolates linearly."
              .formatted(name.text()));
    }
  }
}
