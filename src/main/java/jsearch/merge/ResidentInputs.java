package jsearch.merge;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.InputException;
import jsearch.plan.Input;
import jsearch.plan.Span;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;

/**
 * The tensors of a parent on the device, in their own formats, and what it gives to a merge.
 *
 * <p>A tensor that is given whole is there once; one whose rows are brought together from several
 * places, as where tokens are aligned, is there a second time.
 */
final class ResidentInputs {
  private final Storage storage;
  private final Arena arena;
  private final Map<TensorInfo, Tensor> own = new HashMap<>();

  /** Loads all tensors of a parent; they live as long as the arena. */
  ResidentInputs(Storage storage, Arena arena, Checkpoint parent) {
    this.storage = storage;
    this.arena = arena;
    List<TensorInfo> infos = List.copyOf(parent.tensors().values());
    List<Tensor> loaded = storage.load(arena, infos);
    for (int i = 0; i < infos.size(); i++) {
      own.put(infos.get(i), loaded.get(i));
    }
  }

  /** A tensor of the parent's own. */
  Tensor own(TensorInfo info) {
    return own.get(info);
  }

  /** What an input gives, as a tensor of this shape. */
  Tensor input(Input input, List<Long> shape) {
    return whole(input).map(this::own).orElseGet(() -> gathered(input, shape));
  }

  private Optional<TensorInfo> whole(Input input) {
    Span first = input.spans().get(0);
    return first
        .tensor()
        .filter(info -> own.containsKey(info))
        .filter(info -> input.spans().equals(List.of(Span.of(info))));
  }

  private Tensor gathered(Input input, List<Long> shape) {
    InputReader reader = new InputReader(input);
    Tensor flat = storage.empty(arena, input.elements(), reader.held());
    try (Arena scratch = arena.nested();
        SourceReader sources = new SourceReader()) {
      Buffers buffers = new Buffers(storage, scratch);
      for (long first = 0; first < input.elements(); first += Assembly.PART) {
        long count = Math.min(Assembly.PART, input.elements() - first);
        Buffers.Buffer part = buffers.take(reader.held());
        reader.read(sources, buffers, first, count, part);
        buffers.copy(part, count, flat, first);
        buffers.give(part);
      }
      return storage.shaped(arena, flat, shape);
    } catch (IOException e) {
      throw new InputException("A parent cannot be closed: " + e, e);
    }
  }
}
