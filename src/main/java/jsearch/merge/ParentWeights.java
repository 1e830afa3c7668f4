package jsearch.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorName;
import jsearch.plan.Blend;
import jsearch.plan.Input;
import jsearch.plan.Parents;
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
  private final Parents parents;
  private final List<Blend> blends;
  private final ResidentInputs ofBase;
  private final ResidentInputs ofDonor;
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
    this.parents = parents;
    blends = parents.plan().blends();
    formats = blends.stream().map(Blend::stored).toList();
    ofBase = new ResidentInputs(storage, arena, parents.base());
    ofDonor = new ResidentInputs(storage, arena, parents.donor());
    base =
        blends.stream().map(blend -> ofBase.input(blend.inputs().get(0), blend.shape())).toList();
    donor =
        blends.stream().map(blend -> ofDonor.input(blend.inputs().get(1), blend.shape())).toList();
    angles = angles(torch);
  }

  private List<Angle> angles(Torch torch) {
    Angle[] measured = new Angle[blends.size()];
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
    Blend blend = blends.get(i);
    double[] sums = own.products(List.of(base.get(i), donor.get(i)), blend.elements());
    if (!Arrays.stream(sums).allMatch(Double::isFinite)) {
      requireFinite(own, blend.inputs().get(0), base.get(i));
      requireFinite(own, blend.inputs().get(1), donor.get(i));
    }
    // The winner is handed out as a recipe for mergekit.
    return Angle.of(Interpolation.MERGEKIT, Kernel.total(blend.name(), List.of(sums)));
  }

  private static void requireFinite(Kernel kernel, Input input, Tensor tensor) {
    kernel
        .notFinite(tensor, input.elements())
        .ifPresent(
            element -> {
              throw new InputReader(input).source(element).orElseThrow().notFinite();
            });
  }

  /** The candidate's tensors and what each is merged from: of the base, then of the donor. */
  public List<Blend> blends() {
    return blends;
  }

  /** The angle of each of {@link #blends()}, in the same order. */
  public List<Angle> angles() {
    return angles;
  }

  /** Names of tensors whose parents point in opposite directions; they interpolate linearly. */
  public List<TensorName> antiparallel() {
    List<TensorName> names = new ArrayList<>();
    for (int i = 0; i < blends.size(); i++) {
      if (angles.get(i).antiparallel()) {
        names.add(blends.get(i).name());
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

  /** The base by itself, in the format and where they fit in the buffers of a candidate. */
  public OwnWeights base(CandidateWeights candidate, DType format) {
    return own(parents.base(), ofBase, candidate, format);
  }

  /** The donor by itself, in the format and where they fit in the buffers of a candidate. */
  public OwnWeights donor(CandidateWeights candidate, DType format) {
    return own(parents.donor(), ofDonor, candidate, format);
  }

  private OwnWeights own(
      Checkpoint parent, ResidentInputs resident, CandidateWeights candidate, DType format) {
    OwnWeights weights = new OwnWeights(kernel);
    Map<String, Tensor> buffers = candidate.weights();
    parent
        .tensors()
        .forEach(
            (name, info) -> {
              Tensor own = resident.own(info);
              Tensor buffer = buffers.get(name);
              if (info.dtype() == format) {
                weights.add(name, own);
              } else if (buffer != null && buffer.shape().equals(info.shape())) {
                weights.add(name, own, buffer);
              } else {
                weights.add(name, own, storage.emptyLike(arena, List.of(own), format).get(0));
              }
            });
    return weights;
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
