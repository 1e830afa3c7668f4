package jsearch.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.torch.Tensor;

/** What a decoder needs to know of a checkpoint's {@code config.json}. */
public final class DecoderConfig {
  /** Traits of the architecture that are attributes of the program, by the same names. */
  private static final List<String> NAMES =
      List.of("before_attention", "after_attention", "before_mlp", "after_mlp", "query_key_norm");

  private static final List<String> SWITCHES =
      List.of("norm_in_float", "norm_plus_one", "fused", "rope_in_float");

  private final String source;
  private final Sizes sizes;
  private final Rotation rotation;
  private final Map<String, List<Long>> shapes;
  private final Map<String, Object> options;
  private final List<String> warnings;

  private DecoderConfig(Settings settings, boolean tied) {
    source = settings.source();
    sizes = Sizes.of(settings);
    Attention attention = Attention.of(settings, sizes);
    rotation = Rotation.of(settings, sizes, attention);
    shapes = Shapes.of(settings, sizes, tied);
    Map<String, Object> all = new HashMap<>(attention.options());
    all.putAll(rotation.options());
    all.putAll(options(settings));
    options = Map.copyOf(all);
    warnings = settings.warnings();
  }

  /**
   * Reads it, and refuses by name what transformers would compute otherwise.
   *
   * @throws InputException for another architecture, or a key or value that is not supported
   */
  public static DecoderConfig of(Document config) {
    Settings settings = new Settings(config);
    return new DecoderConfig(settings, settings.is("tie_word_embeddings"));
  }

  /**
   * Reads that of a checkpoint, whose tensors say whether the head is the embedding.
   *
   * @throws InputException as {@link #of(Document)}
   */
  public static DecoderConfig of(Checkpoint checkpoint) {
    Settings settings = new Settings(checkpoint.config());
    boolean tied = settings.is("tie_word_embeddings") || checkpoint.isTied();
    return new DecoderConfig(settings, tied);
  }

  private Map<String, Object> options(Settings settings) {
    Architecture architecture = settings.architecture();
    Map<String, Object> all = new HashMap<>();
    NAMES.forEach(name -> all.put(name, architecture.text(name)));
    SWITCHES.forEach(name -> all.put(name, architecture.is(name)));
    all.put("layers", sizes.layers());
    all.put("heads", sizes.heads());
    all.put("key_value_heads", sizes.keyValueHeads());
    all.put("head_size", sizes.headSize());
    all.put("epsilon", settings.at("rms_norm_eps").number());
    all.put("activation", activation(settings));
    boolean root = architecture.is("embedding_times_root_of_hidden");
    all.put(
        "embedding_scale",
        root ? Math.sqrt(sizes.hidden()) : settings.number("embedding_multiplier", 1));
    all.put("embedding_scale_rounded", root);
    all.put("residual_scale", settings.number("residual_multiplier", 1));
    all.put("logits_divisor", settings.find("logits_scaling").map(Settings::positive).orElse(1.0));
    all.put(
        "logits_cap", settings.find("final_logit_softcapping").map(Settings::positive).orElse(0.0));
    return all;
  }

  private static String activation(Settings settings) {
    Document name =
        settings.at(settings.reads("hidden_activation") ? "hidden_activation" : "hidden_act");
    return settings.architecture().meaning("activations", name);
  }

  /**
   * The weights that the decoder reads, of all that there are.
   *
   * @throws InputException naming the first weight that is missing or has another shape
   */
  Map<String, Tensor> select(Map<String, Tensor> weights) {
    Map<String, Tensor> selected = new HashMap<>();
    shapes.keySet().forEach(name -> selected.put(name, requireShape(name, weights.get(name))));
    return selected;
  }

  private Tensor requireShape(String name, Tensor weight) {
    List<Long> shape = shapes.get(name);
    if (weight == null || !weight.shape().equals(shape)) {
      throw new InputException(
          "Tensor %s is %s, expected shape %s by %s."
              .formatted(name, weight == null ? "missing" : weight.shape(), shape, source));
    }
    return weight;
  }

  /** What the user should know, a sentence each: the keys of the config that nothing reads. */
  public List<String> warnings() {
    return warnings;
  }

  /** Each weight's shape by its name in the checkpoint. */
  Map<String, List<Long>> shapes() {
    return shapes;
  }

  /** The file that it was read from, for error messages. */
  String source() {
    return source;
  }

  /** Whether attention's scores have a soft cap, for which no fused kernel exists. */
  boolean isCapped() {
    return (double) options.get("attention_cap") > 0;
  }

  Sizes sizes() {
    return sizes;
  }

  Rotation rotation() {
    return rotation;
  }

  /** The attributes of the program. */
  Map<String, Object> options() {
    return options;
  }
}
