package jsearch.merge;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import jsearch.checkpoint.DType;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;

/** Buffers of one part each in the CPU's memory, used again and again; freed with the arena. */
final class Buffers {
  private final Storage storage;
  private final Arena arena;
  private final Map<DType, Deque<Buffer>> free = new EnumMap<>(DType.class);

  /** A tensor of as many elements as a part has at most, and its memory. */
  record Buffer(Tensor tensor, DType format, ByteBuffer memory) {
    /** The bytes of some of its elements, for one thread. */
    ByteBuffer bytes(long first, long count) {
      int width = format.bytes();
      return memory.slice((int) first * width, (int) count * width);
    }
  }

  Buffers(Storage storage, Arena arena) {
    this.storage = storage;
    this.arena = arena;
  }

  synchronized Buffer take(DType format) {
    Buffer buffer = free.computeIfAbsent(format, f -> new ArrayDeque<>()).poll();
    if (buffer == null) {
      Tensor tensor = storage.emptyHost(arena, Assembly.PART, format);
      buffer = new Buffer(tensor, format, tensor.memory());
    }
    return buffer;
  }

  /**
   * Writes the first {@code count} elements of a buffer into a flat tensor, from its element on.
   */
  void copy(Buffer from, long count, Tensor to, long first) {
    storage.convert(from.tensor(), to, first, count);
  }

  synchronized void give(Buffer buffer) {
    // The one used last is the likeliest to be in the cache still.
    free.get(buffer.format()).push(buffer);
  }
}
