package jsearch.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.Parents;
import jsearch.checkpoint.TensorInfo;
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
  private final List<DType> formats;
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
    kernel = new Kernel(torch, arena);
    pairs = parents.pairs();
    formats = pairs.stream().map(pair -> pair.base().dtype()).toList();
    base = storage.load(arena, pairs.stream().map(Parents.Pair::base).toList());
    donor = storage.load(arena, pairs.stream().map(Parents.Pair::donor).toList());
    angles = angles(torch);
  }

  private List<Angle> angles(Torch torch) {
    Angle[] measured = new Angle[pairs.size()];
    AtomicInteger next = new AtomicInteger();
    torch.sideBySide(
        IntStream.range(0, torch.threads()).boxed().toList(),
        worker -> {
          try (Arena work = torch.arena()) {
            Kernel own = new Kernel(torch, work);
            for (int i = next.getAndIncrement(); i < measured.length; i = next.getAndIncrement()) {
              measured[i] = angle(own, i);
            }
          }
        });
    return List.of(measured);
  }

  private Angle angle(Kernel own, int i) {
    long count = pairs.get(i).base().elements();
    double[] sums = own.products(List.of(base.get(i), donor.get(i)), count);
    if (!Arrays.stream(sums).allMatch(Double::isFinite)) {
      requireFinite(own, pairs.get(i).base(), base.get(i));
      requireFinite(own, pairs.get(i).donor(), donor.get(i));
    }
    // The winner is handed out as a recipe for mergekit.
    return Angle.of(Interpolation.MERGEKIT, Kernel.total(pairs.get(i).name(), List.of(sums)));
  }

  private static void requireFinite(Kernel kernel, TensorInfo info, Tensor tensor) {
    if (kernel.notFinite(tensor, info.elements()).isPresent()) {
      throw info.notFinite();
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
    List<double[]> weights =
        IntStream.range(0, t.length).mapToObj(i -> angles.get(i).weights(t[i])).toList();
    kernel.blendPairs(out, base, donor, weights, formats);
  }

  @Override
  public void close() {
    arena.close();
  }
}
