package jsearch.merge;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TensorName;

/**
 * A recipe of drawn numbers for parents a, b and c of one layer, and its naive merge.
 *
 * @param yaml its text
 * @param dtype what it says
 * @param aligned whether it has a {@code tokenizer_source}
 * @param rule how the tensors of the parents become one
 */
record DrawnRecipe(String yaml, Optional<DType> dtype, boolean aligned, Rule rule) {
  private static final Map<DType, String> FORMATS =
      Map.of(
          DType.F64, "float64",
          DType.F32, "float32",
          DType.F16, "float16",
          DType.BF16, "bfloat16");

  /** Weights by parent, once the numbers of a tensor are known. */
  interface Rule {
    /**
     * @param name of a tensor of the merge
     * @param read the numbers of a parent's tensor
     */
    Map<String, Double> weights(TensorName name, Reading read);
  }

  /** The numbers of the tensor in question by parent. */
  interface Reading {
    double[] of(String parent);
  }

  static DrawnRecipe draw(Random random) {
    StringBuilder end = new StringBuilder();
    Optional<DType> dtype = format(random, "dtype", end);
    format(random, "out_dtype", end);
    boolean aligned = random.nextInt(3) == 0;
    String method = List.of("slerp", "linear", "passthrough", "nuslerp").get(random.nextInt(4));
    if (aligned) {
      List<String> sources = List.of("base", "union", method.equals("nuslerp") ? "c" : "b");
      end.append("tokenizer_source: %s\n".formatted(sources.get(random.nextInt(3))));
    }
    if (random.nextInt(6) == 0) {
      end.append("chat_template: %s\n".formatted(random.nextBoolean() ? "auto" : "chatml"));
    }
    String head = "merge_method: %s\n".formatted(method);
    return switch (method) {
      case "slerp" -> slerp(random, head, end, dtype, aligned);
      case "linear" -> linear(random, head, end, dtype, aligned);
      case "passthrough" -> passthrough(random, head, end, dtype, aligned);
      default -> nuslerp(random, head, end, dtype, aligned);
    };
  }

  private static Optional<DType> format(Random random, String key, StringBuilder end) {
    if (random.nextInt(3) > 0) {
      return Optional.empty();
    }
    DType dtype = DType.values()[random.nextInt(DType.values().length)];
    end.append("%s: %s\n".formatted(key, FORMATS.get(dtype)));
    return Optional.of(dtype);
  }

  private static double number(Random random) {
    return random.nextInt(5) == 0
        ? random.nextInt(3) - 1
        : Math.round(random.nextGaussian() * 1000) / 1000.0;
  }

  private static DrawnRecipe slerp(
      Random random, String head, StringBuilder end, Optional<DType> dtype, boolean aligned) {
    double attention = number(random);
    double other = number(random);
    String yaml =
        head
            + "base_model: a\nmodels:\n  - model: a\n  - model: b\n"
            + "parameters:\n  t:\n    - {filter: self_attn, value: %s}\n    - value: [0.5, %s]\n"
                .formatted(attention, other)
            + end;
    return new DrawnRecipe(
        yaml,
        dtype,
        aligned,
        (name, read) -> {
          // A single layer has the last value of a list, other tensors the first.
          double t =
              name.text().contains("self_attn")
                  ? attention
                  : name.layer().isPresent() ? other : 0.5;
          double[] w = spherical(read.of("a"), read.of("b"), t, 0.9995);
          return Map.of("a", w[0], "b", w[1]);
        });
  }

  private static DrawnRecipe linear(
      Random random, String head, StringBuilder end, Optional<DType> dtype, boolean aligned) {
    Map<String, Double> weights = new LinkedHashMap<>();
    StringBuilder models = new StringBuilder("models:\n");
    for (String parent : List.of("a", "b", "c")) {
      weights.put(parent, number(random));
      models.append(
          "  - {model: %s, parameters: {weight: %s}}\n".formatted(parent, weights.get(parent)));
    }
    boolean normalize = random.nextBoolean();
    double sum = normalize ? weights.values().stream().mapToDouble(w -> w).sum() : 1;
    weights.replaceAll((parent, weight) -> weight / sum);
    String yaml = head + models + "parameters: {normalize: %s}\n".formatted(normalize) + end;
    return new DrawnRecipe(yaml, dtype, aligned, (name, read) -> weights);
  }

  private static DrawnRecipe passthrough(
      Random random, String head, StringBuilder end, Optional<DType> dtype, boolean aligned) {
    double scale = number(random);
    String yaml =
        head
            + "slices:\n  - sources:\n      - {model: a, layer_range: [0, 1]}\n"
            + "  - sources:\n      - model: b\n        layer_range: [0, 1]\n        parameters:\n"
            + "          scale: [{filter: mlp, value: %s}, {value: 1}]\n".formatted(scale)
            + end;
    return new DrawnRecipe(
        yaml,
        dtype,
        aligned,
        (name, read) -> {
          boolean first = name.layer().orElse(name.text().contains("embed_tokens") ? 0 : 1) == 0;
          return first ? Map.of("a", 1.0) : Map.of("b", name.text().contains("mlp") ? scale : 1.0);
        });
  }

  private static DrawnRecipe nuslerp(
      Random random, String head, StringBuilder end, Optional<DType> dtype, boolean aligned) {
    double first = number(random);
    double second = number(random);
    double sum = first + second;
    double t = Math.abs(sum) < 1e-6 ? 0.5 : second / sum;
    boolean origin = random.nextBoolean();
    String yaml =
        head
            + (origin ? "base_model: a\n" : "")
            + "models:\n  - {model: b, parameters: {weight: %s}}\n  - {model: c, parameters: {weight: %s}}\n"
                .formatted(first, second)
            + end;
    return new DrawnRecipe(
        yaml,
        dtype,
        aligned,
        (name, read) -> {
          double[] o = origin ? read.of("a") : new double[read.of("b").length];
          double[] w = spherical(minus(read.of("b"), o), minus(read.of("c"), o), t, 1);
          Map<String, Double> weights = new LinkedHashMap<>(Map.of("b", w[0], "c", w[1]));
          if (origin) {
            weights.put("a", 1 - w[0] - w[1]);
          }
          return weights;
        });
  }

  private static double[] minus(double[] x, double[] y) {
    double[] difference = x.clone();
    Arrays.setAll(difference, i -> x[i] - y[i]);
    return difference;
  }

  /** sin((1-t)ω)/sin ω and sin(tω)/sin ω; linear beyond a cosine, or where the sine vanishes. */
  private static double[] spherical(double[] x, double[] y, double t, double linear) {
    double cosine = dot(x, y) / Math.max(1e-300, Math.sqrt(dot(x, x)) * Math.sqrt(dot(y, y)));
    double omega = Math.acos(Math.max(-1, Math.min(1, cosine)));
    if (Math.abs(cosine) > linear || Math.sin(omega) < 1e-8) {
      return new double[] {1 - t, t};
    }
    return new double[] {
      Math.sin((1 - t) * omega) / Math.sin(omega), Math.sin(t * omega) / Math.sin(omega)
    };
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /**
   * The first difference between a merged tensor and the naive merge of the parents' files.
   *
   * @param rowsMoved whether rows of tokens are aligned
   * @return empty where there is none, or where the tensor has rows that are aligned
   */
  Optional<String> difference(
      TensorInfo merged, Map<String, Checkpoint> parents, boolean rowsMoved) {
    TensorName name = merged.name();
    if (rowsMoved && name.hasRowPerToken()) {
      return Optional.empty();
    }
    double[] actual = Naive.read(merged);
    Map<String, double[]> inputs = new LinkedHashMap<>();
    Reading read =
        parent ->
            inputs.computeIfAbsent(
                parent,
                p -> {
                  double[] all = Naive.read(source(p, name, parents));
                  // Where the parents' rows differ in number, the first ones are merged.
                  double[] first =
                      name.hasRowPerToken()
                          ? Arrays.copyOf(all, Math.min(all.length, actual.length))
                          : all;
                  dtype.ifPresent(
                      format -> Arrays.setAll(first, i -> Naive.round(first[i], format)));
                  return first;
                });
    Map<String, Double> weights = rule.weights(name, read);
    DType rounded =
        dtype.orElseGet(
            () ->
                common(
                    weights.keySet().stream()
                        .map(p -> source(p, name, parents).dtype())
                        .distinct()
                        .toList()));
    for (int i = 0; i < actual.length; i++) {
      double expected = 0;
      double size = 0;
      double gain = 1;
      for (Map.Entry<String, Double> weight : weights.entrySet()) {
        double term = weight.getValue() == 0 ? 0 : weight.getValue() * read.of(weight.getKey())[i];
        expected += term;
        size += Math.abs(term);
        gain += Math.abs(weight.getValue());
      }
      if (!near(expected, actual[i], size * gain, rounded, merged.dtype())) {
        return Optional.of(
            "%s[%d] is %s, expected %s by %s"
                .formatted(name.text(), i, actual[i], expected, weights));
      }
    }
    return Optional.empty();
  }

  private static TensorInfo source(
      String parent, TensorName name, Map<String, Checkpoint> parents) {
    return parents.get(parent).tensorOrTied(name.inLayer(0));
  }

  private static DType common(List<DType> formats) {
    return formats.size() == 1 ? formats.get(0) : DType.F32;
  }

  /** Rounded to the recipe's format, then to the file's; sums are at least of float32. */
  private static boolean near(
      double expected, double actual, double size, DType rounded, DType stored) {
    double slack = size * 0x1p-20 + Naive.ulp(expected, stored) + Naive.ulp(expected, rounded);
    return Math.abs(actual - expected) <= slack;
  }
}
