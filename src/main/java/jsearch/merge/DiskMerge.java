package jsearch.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.InputException;
import jsearch.plan.MergePlan;
import jsearch.plan.SideFiles;
import jsearch.torch.Torch;

/**
 * Merges parents by a plan into a checkpoint on disk.
 *
 * <p>Numbers are those of {@link CandidateWeights}, bit for bit. Memory holds the inputs of one
 * tensor if it is large, else about 128 MB, whatever the size of the checkpoint.
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
   * Refuses a place that {@link #write} would refuse, before parents are fetched or read.
   *
   * @throws InputException when something stands there that may not be replaced
   */
  public static void requireFree(Path place, boolean replace) {
    StagedDirectory.requireFree(place, replace);
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
    requireFree(place, replace);
    StagedDirectory.requireApart(
        place, plan.parents().stream().map(Checkpoint::directory).toList());
    requireSpace(place);
    plan.warnings().forEach(monitor::warn);
    SideFiles sideFiles = new SideFiles(plan);
    plan.notes().forEach(monitor::note);
    sideFiles.notes().forEach(monitor::note);
    try (StagedDirectory directory = new StagedDirectory(place)) {
      new BlendWriter(torch, plan.blends(), interpolation)
          .write(directory.stage(), shardBytes, monitor);
      String name = place.toAbsolutePath().normalize().getFileName().toString();
      sideFiles.write(directory.stage(), name);
      sources.requireUnchanged();
      directory.publish();
      return true;
    } catch (CancellationException e) {
      return false;
    } catch (IOException e) {
      throw InputException.unwritable(place, e);
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
      throw InputException.unreadable(existing, e);
    }
  }
}
