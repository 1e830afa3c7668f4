package jsearch.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jsearch.document.Writer;

/**
 * Writes a checkpoint's tensors as transformers does: one file, or shards and an index of them.
 *
 * <p>Shards are filled in the order given; a tensor larger than a shard has one of its own.
 */
public final class ShardedWriter {
  private ShardedWriter() {}

  /**
   * Writes model.safetensors, or shards of at most {@code shardBytes} bytes of tensors each.
   *
   * @throws IOException when the disk refuses; some shards may then stand
   */
  public static void write(Path directory, List<SafetensorsWriter.Entry> entries, long shardBytes)
      throws IOException {
    List<List<SafetensorsWriter.Entry>> shards = shards(entries, shardBytes);
    if (shards.size() == 1) {
      SafetensorsWriter.write(directory.resolve(Shards.SINGLE), entries);
      return;
    }
    Map<String, String> places = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String file = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      SafetensorsWriter.write(directory.resolve(file), shards.get(i));
      shards.get(i).forEach(entry -> places.put(entry.name().text(), file));
    }
    long size = entries.stream().mapToLong(SafetensorsWriter.Entry::bytes).sum();
    Map<String, Object> index =
        Map.of("metadata", Map.of("total_size", size), "weight_map", places);
    Writer.replace(directory.resolve(Shards.INDEX), Writer.json(index));
  }

  private static List<List<SafetensorsWriter.Entry>> shards(
      List<SafetensorsWriter.Entry> entries, long shardBytes) {
    List<List<SafetensorsWriter.Entry>> shards = new ArrayList<>();
    shards.add(new ArrayList<>());
    long filled = 0;
    for (SafetensorsWriter.Entry entry : entries) {
      List<SafetensorsWriter.Entry> last = shards.get(shards.size() - 1);
      if (!last.isEmpty() && filled + entry.bytes() > shardBytes) {
        last = new ArrayList<>();
        shards.add(last);
        filled = 0;
      }
      last.add(entry);
      filled += entry.bytes();
    }
    return shards;
  }
}
