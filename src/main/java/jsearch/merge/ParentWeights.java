package jsearch.merge;

import java.util.ArrayList;
import java.util.List;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.TensorName;
import jsearch.torch.Arena;
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
  private final Arena arena;
  private final Storage storage;
  private final Kernel kernel;
  private final List<Parents.Pair> pairs;
  private final List<Tensor> base;
  private final List<Tensor> donor;
  private final List<Angle> angles;

  /**
   * Loads the parents and measures their angles in double precision.
   *
   * @throws jsearch.document.InputException when a weight is NaN or infinite; names the tensor
   */
  public ParentWeights(Torch torch, Parents parents) {
    arena = torch.arena();
    storage = new Storage(torch);
    kernel = new Kernel(torch);
    pairs = parents.pairs();
    base = storage.load(arena, pairs.stream().map(Parents.Pair::base).toList());
    donor = storage.load(arena, pairs.stream().map(Parents.Pair::donor).toList());
    angles = kernel.angles(pairs, base, donor);
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
    kernel.blend(out, base, donor, angles, t, pairs.stream().map(p -> p.base().dtype()).toList());
  }

  @Override
  public void close() {
    arena.close();
  }
}
