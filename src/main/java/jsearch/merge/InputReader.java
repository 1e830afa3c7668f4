package jsearch.merge;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.plan.Input;
import jsearch.plan.Span;

/** Reads an input piece by piece, wherever its spans lie and whatever their formats. */
final class InputReader {
  private final List<Span> spans;

  /** Where each span ends, counted in elements of the input. */
  private final long[] ends;

  private final DType held;

  InputReader(Input input) {
    spans = input.spans().stream().filter(span -> span.count() > 0).toList();
    ends = spans.stream().mapToLong(Span::count).toArray();
    Arrays.parallelPrefix(ends, Long::sum);
    Set<DType> formats =
        spans.stream()
            .flatMap(span -> span.tensor().stream())
            .map(TensorInfo::dtype)
            .collect(Collectors.toSet());
    DType only = formats.size() == 1 ? formats.iterator().next() : input.format();
    held = holds(input.format(), only) ? only : input.format();
  }

  /** Whether every number of one format is one of the other. */
  static boolean holds(DType wide, DType narrow) {
    return wide == narrow || wide.bytes() > narrow.bytes();
  }

  /** The format that it is read in: the files' own unless the input asks to round it. */
  DType held() {
    return held;
  }

  /** Fills a buffer of the format {@link #held} with elements from {@code first} on. */
  void read(SourceReader sources, Buffers buffers, long first, long count, Buffers.Buffer into) {
    long done = 0;
    int index = spanOf(first);
    while (done < count) {
      Span span = spans.get(index);
      long skipped = span.count() - (ends[index] - (first + done));
      long some = Math.min(count - done, span.count() - skipped);
      Optional<TensorInfo> source = span.tensor();
      if (source.isEmpty()) {
        clear(into.bytes(done, some));
      } else if (source.get().dtype() == held) {
        sources.read(source.get(), (span.first() + skipped) * held.bytes(), into.bytes(done, some));
      } else {
        TensorInfo info = source.get();
        Buffers.Buffer own = buffers.take(info.dtype());
        sources.read(info, (span.first() + skipped) * info.dtype().bytes(), own.bytes(0, some));
        buffers.copy(own, some, into.tensor(), done);
        buffers.give(own);
      }
      done += some;
      index++;
    }
  }

  private static void clear(ByteBuffer bytes) {
    while (bytes.remaining() >= Long.BYTES) {
      bytes.putLong(0);
    }
    while (bytes.hasRemaining()) {
      bytes.put((byte) 0);
    }
  }

  /** The tensor that holds an element; empty where the input is zero. */
  Optional<TensorInfo> source(long element) {
    return spans.get(spanOf(element)).tensor();
  }

  private int spanOf(long element) {
    int found = Arrays.binarySearch(ends, element);
    // An element that is the end of a span belongs to the next one.
    return found >= 0 ? found + 1 : -found - 1;
  }
}
