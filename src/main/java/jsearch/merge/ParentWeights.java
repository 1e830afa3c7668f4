package jsearch.merge;

import java.util.ArrayList;
import java.util.List;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.torch.Arena;
import jsearch.torch.Program;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/**
 * Two parents resident on the device, with the angle of every tensor pair measured once.
 *
 * <p>The angle depends only on the pair, never on a candidate, so a candidate costs one pass: two
 * reads and one write (see {@link CandidateWeights}).
 */
public final class ParentWeights implements AutoCloseable {
  /** Elements blended at a time: small enough for the cache, large enough for the loop. */
  static final int CHUNK = 1 << 18;

  private final Arena arena;
  private final Storage storage;
  private final Program program;
  private final List<Parents.Pair> pairs;
  private final List<Tensor> base;
  private final List<Tensor> donor;
  private final List<Angle> angles;

  /**
   * Loads the parents and measures their angles in double precision.
   *
   * @throws InputException when a weight is NaN or infinite; names the tensor
   */
  public ParentWeights(Torch torch, Parents parents) {
    arena = torch.arena();
    storage = new Storage(torch);
    program = torch.program(ParentWeights.class, "merge");
    pairs = parents.pairs();
    base = storage.load(arena, pairs.stream().map(Parents.Pair::base).toList());
    donor = storage.load(arena, pairs.stream().map(Parents.Pair::donor).toList());
    angles = measure();
  }

  private List<Angle> measure() {
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
      throw new InputException(
          "Tensor %s of %s holds a NaN or an infinity, expected finite weights."
              .formatted(tensor.name().text(), tensor.file()));
    }
  }

  /** The candidate's tensors and what each is merged from. */
  public List<Parents.Pair> pairs() {
    return pairs;
  }

  /** The angle of each of {@link #pairs()}, in the same order. */
  public List<Angle> angles() {
    return angles;
  }

  /** Names of tensors whose parents point in opposite directions; they interpolate linearly. */
  public List<TensorName> antiparallel() {
    List<TensorName> names = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      if (angles.get(i).antiparallel()) {
        names.add(pairs.get(i).name());
      }
    }
    return names;
  }

  /**
   * Allocates the buffers of a candidate once; they hold nothing until it is written.
   *
   * @param format the number format that the candidate is held and run in
   */
  public CandidateWeights candidate(DType format) {
    return new CandidateWeights(this, storage.emptyLike(arena, base, format));
  }

  /** Writes θ(t) of every tensor into {@code out}, rounded once to the base's own format. */
  void blend(List<Tensor> out, double[] t) {
    double[] baseWeights = new double[t.length];
    double[] donorWeights = new double[t.length];
    for (int i = 0; i < t.length; i++) {
      baseWeights[i] = angles.get(i).baseWeight(t[i]);
      donorWeights[i] = angles.get(i).donorWeight(t[i]);
    }
    long[] formats = pairs.stream().mapToLong(pair -> Storage.code(pair.base().dtype())).toArray();
    program.effect("blend", out, base, donor, baseWeights, donorWeights, formats, CHUNK);
  }

  @Override
  public void close() {
    arena.close();
  }
}
