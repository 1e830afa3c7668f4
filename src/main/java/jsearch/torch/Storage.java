package jsearch.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;

/** Brings a checkpoint's tensors from files to the device, and from one format to another. */
public final class Storage {
  private final Torch torch;
  private final Program program;

  private record Source(Path file, DType dtype) {}

  public Storage(Torch torch) {
    this.torch = torch;
    this.program = torch.program(Storage.class, "storage");
  }

  /** TorchScript's number of a format. */
  public static int code(DType dtype) {
    return switch (dtype) {
      case F16 -> 5;
      case F32 -> 6;
      case F64 -> 7;
      case BF16 -> 15;
    };
  }

  /**
   * The tensors in the order given, in their own formats: views of the mapped files on the CPU,
   * copies on a GPU.
   */
  public List<Tensor> load(Arena arena, List<TensorInfo> tensors) {
    Map<Source, List<TensorInfo>> bySource =
        tensors.stream()
            .collect(
                Collectors.groupingBy(
                    info -> new Source(info.file(), info.dtype()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<TensorInfo, Tensor> loaded = new HashMap<>();
    bySource.forEach((source, infos) -> load(arena, source, infos, loaded));
    return tensors.stream().map(loaded::get).toList();
  }

  private void load(
      Arena arena, Source source, List<TensorInfo> infos, Map<TensorInfo, Tensor> loaded) {
    int width = source.dtype().bytes();
    long[] starts = infos.stream().mapToLong(info -> info.offset() / width).toArray();
    long[] counts = infos.stream().mapToLong(TensorInfo::elements).toArray();
    long elements = size(source.file()) / width;
    int code = code(source.dtype());
    try (Arena mapping = arena.nested()) {
      List<Tensor> flat =
          program.tensors(mapping, "map", source.file().toString(), code, elements, starts, counts);
      for (int i = 0; i < flat.size(); i++) {
        TensorInfo info = infos.get(i);
        loaded.put(info, to(arena, shaped(mapping, flat.get(i), info.shape()), info.dtype()));
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same numbers on this device in this format; the same memory when nothing changes. */
  public Tensor to(Arena arena, Tensor tensor, DType dtype) {
    return program.tensor(arena, "to", tensor, torch.scriptDevice(), code(dtype));
  }

  /** The same memory with these dimensions. */
  public Tensor shaped(Arena arena, Tensor tensor, List<Long> shape) {
    long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
    return program.tensor(arena, "reshape", tensor, dimensions);
  }

  /** Uninitialised tensors of the same shapes, in this format. */
  public List<Tensor> emptyLike(Arena arena, List<Tensor> tensors, DType dtype) {
    return program.tensors(arena, "empty", tensors, code(dtype));
  }

  /** An uninitialised tensor of one dimension in this format. */
  public Tensor empty(Arena arena, long elements, DType dtype) {
    return program.tensor(arena, "buffer", elements, torch.scriptDevice(), code(dtype));
  }

  /** The same in the CPU's memory, whatever the device. */
  public Tensor emptyHost(Arena arena, long elements, DType dtype) {
    return program.tensor(arena, "buffer", elements, "cpu", code(dtype));
  }

  /**
   * The first {@code count} elements of {@code from} in {@code to}'s format, from its element on.
   */
  public void convert(Tensor from, Tensor to, long first, long count) {
    program.effect("convert", from, to, first, count);
  }

  /** Positions of the tensors that hold a NaN or an infinity. */
  public long[] nonFinite(List<Tensor> tensors) {
    return program.longs("nonfinite", tensors);
  }
}
