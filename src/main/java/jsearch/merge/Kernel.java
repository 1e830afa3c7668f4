package jsearch.merge;

import java.util.ArrayList;
import java.util.List;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.TensorInfo;
import jsearch.torch.Program;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/**
 * The arithmetic of a merge, one for candidates in memory and checkpoints on disk.
 *
 * <p>Both therefore hold the same numbers, bit for bit.
 */
final class Kernel {
  /** Elements blended at a time: small enough for the cache, large enough for the loop. */
  private static final int CHUNK = 1 << 18;

  private final Program program;

  Kernel(Torch torch) {
    program = torch.program(Kernel.class, "merge");
  }

  /**
   * The angle of each pair, from sums in double precision.
   *
   * @throws jsearch.document.InputException when a weight is NaN or infinite; names the tensor
   */
  List<Angle> angles(List<Parents.Pair> pairs, List<Tensor> base, List<Tensor> donor) {
    double[] sums = program.doubles("products", base, donor, CHUNK);
    List<Angle> measured = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      requireFinite(pairs.get(i).base(), sums[3 * i + 1]);
      requireFinite(pairs.get(i).donor(), sums[3 * i + 2]);
      measured.add(Angle.of(sums[3 * i], sums[3 * i + 1], sums[3 * i + 2]));
    }
    return List.copyOf(measured);
  }

  private static void requireFinite(TensorInfo tensor, double square) {
    if (!Double.isFinite(square)) {
      throw tensor.notFinite();
    }
  }

  /** Writes θ(t) of every pair into {@code out}, rounded once to {@code formats}, then to out's. */
  void blend(
      List<Tensor> out,
      List<Tensor> base,
      List<Tensor> donor,
      List<Angle> angles,
      double[] t,
      List<DType> formats) {
    double[] baseWeights = new double[t.length];
    double[] donorWeights = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      baseWeights[i] = angles.get(i).baseWeight(t[i]);
      donorWeights[i] = angles.get(i).donorWeight(t[i]);
    }
    long[] codes = formats.stream().mapToLong(Storage::code).toArray();
    program.effect("blend", out, base, donor, baseWeights, donorWeights, codes, CHUNK);
  }

  /**
   * Writes {@code count} elements of θ(t) of one pair, from element {@code first} on, to the start
   * of {@code out}; rounded as by {@link #blend}.
   */
  void blendPart(
      Tensor out,
      Tensor base,
      Tensor donor,
      Angle angle,
      double t,
      DType format,
      long first,
      long count) {
    program.effect(
        "blend_part",
        out,
        base,
        donor,
        angle.baseWeight(t),
        angle.donorWeight(t),
        Storage.code(format),
        first,
        count,
        CHUNK);
  }
}
