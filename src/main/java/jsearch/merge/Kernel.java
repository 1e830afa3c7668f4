package jsearch.merge;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.torch.Arena;
import jsearch.torch.Program;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/**
 * The arithmetic of a merge, one for candidates in memory and checkpoints on disk.
 *
 * <p>Both therefore hold the same numbers, bit for bit. Tensors may lie in the memory of the CPU or
 * of the device; the arithmetic is the device's. One thread at a time.
 */
final class Kernel {
  /** Elements at a time: few enough for a core's cache, many enough for the interpreter. */
  private static final int CPU_CHUNK = 1 << 16;

  private static final int GPU_CHUNK = 1 << 20;

  /** Elements that parts of a tensor begin at multiples of: then they sum as the whole does. */
  static final int GRAIN = 1 << 20;

  private final Program program;
  private final List<Tensor> single;
  private final List<Tensor> twice;

  /** A kernel with workspace of its own in the arena: a few megabytes. */
  Kernel(Torch torch, Arena arena) {
    program = torch.program(Kernel.class, "merge");
    Storage storage = new Storage(torch);
    int chunk = torch.device().equals("cpu") ? CPU_CHUNK : GPU_CHUNK;
    single = Stream.of(1, 2).map(i -> storage.empty(arena, chunk, DType.F32)).toList();
    twice = Stream.of(1, 2, 3).map(i -> storage.empty(arena, chunk, DType.F64)).toList();
  }

  /**
   * The sums ⟨x,y⟩, ⟨x,x⟩ and ⟨y,y⟩ over the first {@code count} elements, in double precision.
   *
   * @param inputs x, y and perhaps an origin that both are taken relative to
   * @return the three sums of each chunk; see {@link #total}
   */
  double[] products(List<Tensor> inputs, long count) {
    return program.doubles("products", inputs, count, twice);
  }

  /**
   * The three sums over all chunks, added in the order given.
   *
   * @throws InputException when they are beyond a double
   */
  static double[] total(TensorName name, List<double[]> parts) {
    double[] total = new double[3];
    for (double[] part : parts) {
      for (int i = 0; i < part.length; i++) {
        total[i % 3] += part[i];
      }
    }
    if (!Arrays.stream(total).allMatch(Double::isFinite)) {
      throw new InputException(
          "Tensor %s has weights whose squares are beyond a double, expected them below 1e150."
              .formatted(name.text()));
    }
    return total;
  }

  /** How numbers of these formats are summed: in float64 where one of them is, else in float32. */
  static DType arithmetic(Stream<DType> formats) {
    return formats.anyMatch(DType.F64::equals) ? DType.F64 : DType.F32;
  }

  /** The sum of weights in the format of the arithmetic, in which they are applied, too. */
  static double sum(double[] weights, DType arithmetic) {
    if (arithmetic == DType.F64) {
      return Arrays.stream(weights).sum();
    }
    float sum = 0;
    for (double weight : weights) {
      sum += (float) weight;
    }
    return sum;
  }

  /**
   * Writes the first {@code count} elements of the sum of the inputs, each times its weight,
   * divided by the divisor.
   *
   * <p>An input of weight 0 does not enter, and one whose weight is the divisor is copied if alone.
   *
   * @param rounded the format that the sum is rounded to, once
   * @param out in the format {@code stored}
   */
  void blend(
      Tensor out,
      DType stored,
      List<Tensor> inputs,
      double[] weights,
      double divisor,
      DType arithmetic,
      DType rounded,
      long count) {
    List<Tensor> work = arithmetic == DType.F64 ? twice : single;
    // Writing to out rounds as well: rounding before it would only cost a pass.
    int code = Storage.code(rounded == stored ? arithmetic : rounded);
    program.effect("blend", out, inputs, weights, divisor, code, count, work);
  }

  /**
   * Writes a base and a donor, each times its weight, into every {@code out}, as {@link #blend}
   * does; in float32, which is what a search's recipe asks for.
   */
  void blendPairs(
      List<Tensor> out,
      List<Tensor> base,
      List<Tensor> donor,
      List<double[]> weights,
      List<DType> rounded) {
    double[] flat = weights.stream().flatMapToDouble(Arrays::stream).toArray();
    long[] codes = rounded.stream().mapToLong(Storage::code).toArray();
    program.effect("blend_pairs", out, base, donor, flat, codes, single);
  }

  /** Writes each tensor into its {@code out}, rounded to that one's format where it is narrower. */
  void copy(List<Tensor> out, List<Tensor> from) {
    double[] once = {1, 0};
    blendPairs(
        out,
        from,
        from,
        Collections.nCopies(out.size(), once),
        Collections.nCopies(out.size(), DType.F32));
  }

  /** Position of the first NaN or infinity among the first {@code count} elements. */
  OptionalLong notFinite(Tensor tensor, long count) {
    long[] found = program.longs("not_finite", tensor, count);
    return found.length == 0 ? OptionalLong.empty() : OptionalLong.of(found[0]);
  }
}
