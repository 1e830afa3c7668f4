package jsearch.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.SafetensorsWriter;
import jsearch.checkpoint.ShardedWriter;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.schedule.MergeRecipe;
import jsearch.schedule.SlicedSchedule;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/**
 * Merges two parents by a recipe into a checkpoint on disk, one tensor after the other.
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
  private final Parents parents;
  private final MergeRecipe recipe;
  private final Storage storage;
  private final Kernel kernel;
  private final Map<TensorName, Double> blends;
  private final SourceFiles sources;
  private final List<String> idleFilters;

  private record Buffer(Tensor tensor, ByteBuffer memory) {}

  /**
   * Plans the merge: every tensor has a t, and tokens fit where the recipe asks for it.
   *
   * @param torch the engine, on the CPU
   * @param parents the checkpoints that {@code recipe.base()} and {@code recipe.donor()} name
   * @throws InputException when the recipe does not fit the parents
   */
  public DiskMerge(Torch torch, Parents parents, MergeRecipe recipe) {
    if (!torch.device().equals("cpu")) {
      throw new IllegalArgumentException("merging to disk on " + torch.device());
    }
    this.torch = torch;
    this.parents = parents;
    this.recipe = recipe;
    storage = new Storage(torch);
    kernel = new Kernel(torch);
    List<TensorName> names = parents.pairs().stream().map(Parents.Pair::name).toList();
    SlicedSchedule schedule = recipe.schedule(parents.base().layers());
    blends = names.stream().collect(Collectors.toMap(name -> name, schedule::t));
    idleFilters = schedule.idleFilters(names);
    sources = new SourceFiles(parents);
    if (recipe.tokenizer().isPresent()) {
      Vocabularies.requireSame(parents);
    }
  }

  /** Bytes of weights that the merge has. */
  public long bytes() {
    return parents.pairs().stream()
        .mapToLong(pair -> Math.multiplyExact(pair.base().elements(), stored(pair).bytes()))
        .sum();
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
        place, List.of(parents.base().directory(), parents.donor().directory()));
    requireSpace(place);
    warn(monitor);
    try (StagedDirectory directory = new StagedDirectory(place);
        Arena arena = torch.arena()) {
      ShardedWriter.write(directory.stage(), entries(arena, monitor), shardBytes);
      String name = place.toAbsolutePath().normalize().getFileName().toString();
      new SideFiles(recipe, parents).write(directory.stage(), name, format());
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
      long needed = bytes() + SIDE_BYTES;
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

  private void warn(MergeMonitor monitor) {
    parents.warnings().forEach(monitor::warn);
    for (String filter : idleFilters) {
      monitor.warn("Filter %s is part of no tensor's name: its t is not used.".formatted(filter));
    }
  }

  private DType rounded(Parents.Pair pair) {
    return recipe.dtype().orElse(pair.base().dtype());
  }

  private DType stored(Parents.Pair pair) {
    return recipe.outDtype().orElse(rounded(pair));
  }

  /** The format of all weights; empty where they differ. */
  private Optional<DType> format() {
    List<DType> formats = parents.pairs().stream().map(this::stored).distinct().toList();
    return formats.size() == 1 ? Optional.of(formats.get(0)) : Optional.empty();
  }

  private List<SafetensorsWriter.Entry> entries(Arena arena, MergeMonitor monitor) {
    Map<DType, Buffer> buffers = new EnumMap<>(DType.class);
    Meter meter = new Meter(bytes(), monitor);
    return parents.pairs().stream()
        .map(
            pair ->
                new SafetensorsWriter.Entry(
                    pair.name(),
                    stored(pair),
                    pair.base().shape(),
                    channel -> {
                      DType format = stored(pair);
                      Buffer buffer = buffers.computeIfAbsent(format, f -> buffer(arena, f));
                      merge(pair, buffer, channel, meter);
                    }))
        .toList();
  }

  private Buffer buffer(Arena arena, DType format) {
    Tensor tensor = storage.empty(arena, PART, format);
    return new Buffer(tensor, tensor.memory());
  }

  private void merge(Parents.Pair pair, Buffer buffer, WritableByteChannel channel, Meter meter)
      throws IOException {
    try (Arena arena = torch.arena()) {
      Tensor base = read(arena, pair.base());
      Tensor donor = read(arena, pair.donor());
      meter.requireGoing();
      Angle angle = kernel.angles(List.of(pair), List.of(base), List.of(donor)).get(0);
      if (angle.antiparallel()) {
        meter.warnOfOpposites(pair.name());
      }
      double t = blends.get(pair.name());
      long elements = pair.base().elements();
      for (long first = 0; first < elements; first += PART) {
        long count = Math.min(PART, elements - first);
        kernel.blendPart(buffer.tensor(), base, donor, angle, t, rounded(pair), first, count);
        ByteBuffer bytes = buffer.memory().clear().limit((int) count * stored(pair).bytes());
        meter.written(bytes.remaining());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    }
  }

  /** A parent's tensor, in {@code dtype} where that changes its numbers. */
  private Tensor read(Arena arena, TensorInfo info) {
    Tensor own = storage.load(arena, List.of(info)).get(0);
    DType wanted = recipe.dtype().orElse(info.dtype());
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
