package jsearch.compat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorName;
import jsearch.checkpoint.Vocabulary;
import jsearch.merge.ParentWeights;
import jsearch.model.Tokenizer;
import jsearch.plan.Blend;
import jsearch.plan.Parents;
import jsearch.torch.Arena;
import jsearch.torch.Program;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** Measures the parts of {@link Compatibility}. */
public final class CompatibilityProbe {
  /** Tokens of text that hidden states are compared on, at most. */
  private static final int MOST_TOKENS = 2048;

  private final Torch torch;
  private final Parents parents;
  private final ParentWeights weights;

  /** A mean in the making, weighted by elements. */
  private static final class Mean {
    private double sum;
    private double weight;

    void add(double value, double by) {
      sum += by * value;
      weight += by;
    }

    double value() {
      return weight == 0 ? 0 : sum / weight;
    }
  }

  public CompatibilityProbe(Torch torch, Parents parents, ParentWeights weights) {
    this.torch = torch;
    this.parents = parents;
    this.weights = weights;
  }

  /**
   * Measures how well the parents fit, each run with its own weights and config.
   *
   * @param texts to compare hidden states on
   * @param tokenizer the base's
   */
  public Compatibility measure(List<String> texts, Tokenizer tokenizer, States base, States donor) {
    Vocabulary own = vocabulary(parents.base());
    Vocabulary other = vocabulary(parents.donor());
    ComparedRows rows = ComparedRows.of(texts, tokenizer, own, other, MOST_TOKENS);
    return of(overlap(own, other), similarity(rows, base, donor), weights, parents.base().layers());
  }

  private static Vocabulary vocabulary(Checkpoint parent) {
    return Vocabulary.read(Vocabulary.file(parent.directory()));
  }

  private List<Double> similarity(ComparedRows rows, States base, States donor) {
    if (rows.base().isEmpty()) {
      return Collections.nCopies(parents.base().layers(), Double.NaN);
    }
    try (Arena scope = torch.arena()) {
      List<Tensor> own = base.of(scope, rows.base());
      return similarity(torch, own, donor.of(scope, rows.donor()));
    }
  }

  /** The tokens of both vocabularies over those of either (Jaccard index), by string and by id. */
  static Overlap overlap(Vocabulary base, Vocabulary donor) {
    Set<String> union = new HashSet<>(base.ids().keySet());
    union.addAll(donor.ids().keySet());
    long shared = base.ids().keySet().stream().filter(donor.ids()::containsKey).count();
    long same =
        base.ids().entrySet().stream()
            .filter(token -> Objects.equals(donor.ids().get(token.getKey()), token.getValue()))
            .count();
    double all = Math.max(1, union.size());
    return new Overlap(shared / all, same / all);
  }

  /**
   * Linear CKA of the parents' hidden states a layer (Kornblith et al. 2019).
   *
   * @param base states a layer, float32 [positions, hidden]
   * @param donor the same positions of the same text
   */
  static List<Double> similarity(Torch torch, List<Tensor> base, List<Tensor> donor) {
    Program program = torch.program(CompatibilityProbe.class, "cka");
    return Arrays.stream(program.doubles("alignment", base, donor)).boxed().toList();
  }

  /**
   * Puts the parts together.
   *
   * @param overlap O, see {@link #overlap}
   * @param layerSimilarity linear CKA a layer, see {@link #similarity}
   * @param layers number of layers
   */
  static Compatibility of(
      Overlap overlap, List<Double> layerSimilarity, ParentWeights parents, int layers) {
    List<Mean> byLayer = IntStream.range(0, layers).mapToObj(i -> new Mean()).toList();
    Map<String, Mean> byRole = new TreeMap<>();
    long parameters = 0;
    for (int i = 0; i < parents.blends().size(); i++) {
      Blend tensor = parents.blends().get(i);
      TensorName name = tensor.name();
      double angle = parents.angles().get(i).radians();
      parameters += tensor.elements();
      name.layer().ifPresent(l -> byLayer.get(l).add(angle, tensor.elements()));
      byRole
          .computeIfAbsent(name.role().name().toLowerCase(Locale.ROOT), r -> new Mean())
          .add(angle, tensor.elements());
    }
    Map<String, Double> roleAngles = new TreeMap<>();
    byRole.forEach((role, mean) -> roleAngles.put(role, mean.value()));
    List<Double> layerAngles = byLayer.stream().map(Mean::value).toList();
    return new Compatibility(
        overlap,
        mean(layerSimilarity),
        mean(layerAngles),
        layerSimilarity,
        layerAngles,
        roleAngles,
        parameters);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
