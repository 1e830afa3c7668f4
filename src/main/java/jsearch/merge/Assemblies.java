package jsearch.merge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import jsearch.plan.Blend;

/**
 * Hands out a merge's work to its workers, in an order that keeps memory bounded.
 *
 * <p>A tensor whose mix asks for an angle is read and measured part by part, and blended once it is
 * whole. Meanwhile the next ones are read, as long as they fit; one too large waits until it is
 * alone. So no worker waits for another but at the end.
 */
final class Assemblies {
  /** Bytes of inputs that may be held for tensors that are not whole, unless one alone has more. */
  private static final long WINDOW = 128L << 20;

  private final Iterator<Assembly> coming;
  private final Deque<Task> blends = new ArrayDeque<>();
  private Assembly reading;
  private Assembly next;
  private int part;
  private long held;
  private boolean failed;

  /** A part of an assembly that is to be read, or blended. */
  record Task(Assembly assembly, int part, boolean blend) {}

  Assemblies(List<Blend> blends) {
    coming =
        IntStream.range(0, blends.size())
            .filter(i -> blends.get(i).elements() > 0)
            .mapToObj(i -> new Assembly(i, blends.get(i)))
            .iterator();
    advance();
  }

  private void advance() {
    next = coming.hasNext() ? coming.next() : null;
  }

  /** The next task; empty when there is none left, or another worker failed. */
  synchronized Optional<Task> next() {
    while (!failed) {
      if (!blends.isEmpty()) {
        return Optional.of(blends.poll());
      }
      if (reading == null && next != null && (held == 0 || held + next.bytes() <= WINDOW)) {
        reading = next;
        part = 0;
        held += reading.bytes();
        advance();
      }
      if (reading != null) {
        Task task = new Task(reading, part++, false);
        if (part == reading.parts()) {
          reading = null;
        }
        return Optional.of(task);
      }
      if (next == null && held == 0) {
        return Optional.empty();
      }
      pause();
    }
    return Optional.empty();
  }

  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  /** All parts of the assembly are read and its weights known: they can be blended. */
  synchronized void whole(Assembly assembly) {
    for (int i = 0; i < assembly.parts(); i++) {
      blends.add(new Task(assembly, i, true));
    }
    notifyAll();
  }

  /** Nothing of the assembly is held any more. */
  synchronized void done(Assembly assembly) {
    held -= assembly.bytes();
    notifyAll();
  }

  /** A worker failed: the others shall end. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }
}
