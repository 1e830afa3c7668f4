package jsearch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import jsearch.document.Writer;

/**
 * Writes a checkpoint's tensors as transformers does: one file, or shards and an index of them.
 *
 * <p>Shards are filled in the order given; a tensor larger than a shard has one of its own. Pieces
 * may come in any order and from any thread; a shard is finished in the background once it is
 * whole, so pieces that come roughly in order keep few files open.
 */
public final class ShardedWriter implements AutoCloseable {
  /** Shards that are whole but not yet on disk, at most; beyond it writing waits. */
  private static final int UNFORCED = 4;

  /** Bytes after which those written so far are brought to the disk: the end waits less then. */
  private static final long FORCED = 256L << 20;

  private final Path directory;
  private final List<SafetensorsWriter.Entry> entries;
  private final List<Shard> shards = new ArrayList<>();
  private final int[] shardOf;
  private final ExecutorService finisher = Executors.newSingleThreadExecutor(ShardedWriter::daemon);
  private final Semaphore unforced = new Semaphore(UNFORCED);

  /** Consecutive entries that share a file, opened when the first piece comes. */
  private final class Shard {
    private final int first;
    private final List<SafetensorsWriter.Entry> own = new ArrayList<>();
    private final AtomicLong missing = new AtomicLong();
    private final AtomicLong fresh = new AtomicLong();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private SafetensorsWriter writer;

    Shard(int first) {
      this.first = first;
    }

    String file() {
      return shards.size() == 1
          ? Shards.SINGLE
          : "model-%05d-of-%05d.safetensors".formatted(shards.indexOf(this) + 1, shards.size());
    }

    synchronized SafetensorsWriter writer() throws IOException {
      if (writer == null) {
        writer = new SafetensorsWriter(directory.resolve(file()), own);
      }
      return writer;
    }

    /** Forces what is written so far, in the background, each time that it is much. */
    void forceIfMuch(long count) {
      if (fresh.addAndGet(count) >= FORCED) {
        fresh.set(0);
        finisher.execute(this::force);
      }
    }

    private void force() {
      try {
        writer().force();
      } catch (IOException e) {
        // Told here alone: the next force may well succeed.
        finished.completeExceptionally(e);
      }
    }

    void finish() {
      try {
        writer().finish();
        finished.complete(null);
      } catch (IOException | RuntimeException e) {
        finished.completeExceptionally(e);
      }
    }

    synchronized void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }

  /**
   * Begins model.safetensors, or shards of at most {@code shardBytes} bytes of tensors each.
   *
   * @param directory where; nothing else may write these files there meanwhile
   */
  public ShardedWriter(Path directory, List<SafetensorsWriter.Entry> entries, long shardBytes) {
    this.directory = directory;
    this.entries = List.copyOf(entries);
    shardOf = new int[entries.size()];
    shards.add(new Shard(0));
    for (int i = 0; i < shardOf.length; i++) {
      long bytes = entries.get(i).bytes();
      Shard last = shards.get(shards.size() - 1);
      if (!last.own.isEmpty() && last.missing.get() + bytes > shardBytes) {
        last = new Shard(i);
        shards.add(last);
      }
      last.own.add(entries.get(i));
      last.missing.addAndGet(bytes);
      shardOf[i] = shards.size() - 1;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "shard-finisher");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Writes bytes of a tensor; every byte must be written exactly once.
   *
   * @param entry its position in the list given
   * @param first where they begin, counted in bytes from the start of the tensor
   * @param bytes row-major and little-endian; all that remain are written
   * @throws IOException when the disk refuses
   */
  public void write(int entry, long first, ByteBuffer bytes) throws IOException {
    Shard shard = shards.get(shardOf[entry]);
    int count = bytes.remaining();
    shard.writer().write(entry - shard.first, first, bytes);
    shard.forceIfMuch(count);
    if (shard.missing.addAndGet(-count) == 0) {
      unforced.acquireUninterruptibly();
      finisher.execute(
          () -> {
            shard.finish();
            unforced.release();
          });
    }
  }

  /**
   * Waits until every shard is on disk, then writes the index.
   *
   * @throws IOException when the disk refuses
   * @throws IllegalStateException when bytes of a tensor were not written
   */
  public void finish() throws IOException {
    Map<String, Object> places = new TreeMap<>();
    for (Shard shard : shards) {
      // Incomplete, or nothing to write: no piece has brought it to an end.
      if (shard.missing.get() != 0 || shard.own.stream().allMatch(e -> e.bytes() == 0)) {
        shard.finish();
      }
      await(shard);
      shard.own.forEach(entry -> places.put(entry.name().text(), shard.file()));
    }
    if (shards.size() > 1) {
      long size = entries.stream().mapToLong(SafetensorsWriter.Entry::bytes).sum();
      Map<String, Object> index =
          Map.of("metadata", Map.of("total_size", size), "weight_map", places);
      Writer.replace(directory.resolve(Shards.INDEX), Writer.json(index));
    }
  }

  private static void await(Shard shard) throws IOException {
    try {
      shard.finished.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** Deletes the shards that are not finished; no other thread may write any more. */
  @Override
  public void close() throws IOException {
    finisher.shutdown();
    for (Shard shard : shards) {
      if (shard.missing.get() == 0 && shard.writer != null) {
        shard.finished.handle((nothing, failure) -> nothing).join();
      }
      shard.close();
    }
  }
}
