package jsearch.compat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;
import jsearch.merge.ParentWeights;
import jsearch.torch.Program;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** Measures the parts of {@link Compatibility}. */
public final class CompatibilityProbe {
  private CompatibilityProbe() {}

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

  /** Token strings in both vocabularies over those in either (Jaccard index), in [0,1]. */
  public static double overlap(Set<String> base, Set<String> donor) {
    Set<String> union = new HashSet<>(base);
    union.addAll(donor);
    long shared = base.stream().filter(donor::contains).count();
    return union.isEmpty() ? 0 : (double) shared / union.size();
  }

  /**
   * Linear CKA of the parents' hidden states a layer (Kornblith et al. 2019).
   *
   * @param base states a layer, float32 [positions, hidden]
   * @param donor the same positions of the same text
   */
  public static List<Double> similarity(Torch torch, List<Tensor> base, List<Tensor> donor) {
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
  public static Compatibility of(
      double overlap, List<Double> layerSimilarity, ParentWeights parents, int layers) {
    List<Mean> byLayer = IntStream.range(0, layers).mapToObj(i -> new Mean()).toList();
    Map<String, Mean> byRole = new TreeMap<>();
    long parameters = 0;
    for (int i = 0; i < parents.pairs().size(); i++) {
      TensorInfo tensor = parents.pairs().get(i).base();
      TensorName name = parents.pairs().get(i).name();
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
