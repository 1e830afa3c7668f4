package jsearch.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import jsearch.document.Writer;

/**
 * A tiny seeded Llama checkpoint for tests, in the layout of Hugging Face transformers.
 *
 * <pre>{@code
 * Path base = new TinyCheckpoint().layers(3).dtype(DType.BF16).write(temp.resolve("base"));
 * Path donor = new TinyCheckpoint().layers(3).dtype(DType.BF16).donor(7, 0.05).write(...);
 * }</pre>
 *
 * <p>Every weight has at most 8 significant bits (a multiple of 1/256 up to 1, of 1/128 from 1 to
 * 2), so it is exact in each of F64, F32, F16 and BF16: {@link #values} is what any of them holds.
 * Weights depend on the seed and the tensor's name alone, not on dtype, shards or other tensors.
 */
public final class TinyCheckpoint {
  private static final double SPREAD = 0.15;

  private int layers = 2;
  private int hidden = 16;
  private int heads = 4;
  private int kvHeads = 2;
  private int headDim = 4;
  private int intermediate = 24;
  private int vocab = 264;
  private DType dtype = DType.F32;
  private boolean tied;
  private long seed = 1;
  private long donorSeed;
  private double noise;
  private int shards = 1;
  private final Map<String, Object> config = new LinkedHashMap<>();

  /** What the files hold beside or instead of {@link #shapes}: another's values by a name. */
  private final Map<String, Optional<String>> copies = new LinkedHashMap<>();

  /** Number of layers; 2 unless set. */
  public TinyCheckpoint layers(int layers) {
    this.layers = layers;
    return this;
  }

  /** Width of the residual stream; 16 unless set. */
  public TinyCheckpoint hidden(int hidden) {
    this.hidden = hidden;
    return this;
  }

  /** Query heads, key-value heads and their width; 4, 2, 4 unless set. */
  public TinyCheckpoint heads(int heads, int kvHeads, int headDim) {
    this.heads = heads;
    this.kvHeads = kvHeads;
    this.headDim = headDim;
    return this;
  }

  /** Width of the MLP; 24 unless set. */
  public TinyCheckpoint intermediate(int intermediate) {
    this.intermediate = intermediate;
    return this;
  }

  /** Rows of the embedding; 264 unless set. Below 259 the tokenizer lacks some bytes. */
  public TinyCheckpoint vocab(int vocab) {
    this.vocab = vocab;
    return this;
  }

  /** Number format of the weights; F32 unless set. */
  public TinyCheckpoint dtype(DType dtype) {
    this.dtype = dtype;
    return this;
  }

  /** Whether the head is the embedding, and so is not written; false unless set. */
  public TinyCheckpoint tied(boolean tied) {
    this.tied = tied;
    return this;
  }

  /** Seed of the weights; 1 unless set. */
  public TinyCheckpoint seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Adds seeded noise to the weights, as a fine-tune of the checkpoint with the same seed would.
   *
   * @param noise standard deviation; below 1/512 most weights stay as they are
   */
  public TinyCheckpoint donor(long donorSeed, double noise) {
    this.donorSeed = donorSeed;
    this.noise = noise;
    return this;
  }

  /** Number of safetensors files, with an index when more than one; 1 unless set. */
  public TinyCheckpoint shards(int shards) {
    this.shards = shards;
    return this;
  }

  /** Sets a value of config.json, in place of the true one; null writes a JSON null. */
  public TinyCheckpoint config(String key, Object value) {
    config.put(key, value);
    return this;
  }

  /** Writes the values of a tensor under this name too. */
  public TinyCheckpoint copy(String tensor, String name) {
    copies.put(name, Optional.of(tensor));
    return this;
  }

  /** Leaves a tensor out of the files. */
  public TinyCheckpoint without(String tensor) {
    copies.put(tensor, Optional.empty());
    return this;
  }

  /** Writes config.json, weights, tokenizer.json and tokenizer_config.json; returns directory. */
  public Path write(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("config.json"), Writer.json(config()));
      TinyTokenizer.write(directory, vocab);
      writeWeights(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names and shapes of all tensors, in transformers' order. */
  public Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", shape(vocab, hidden));
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "model.layers." + layer + ".";
      shapes.put(prefix + "self_attn.q_proj.weight", shape(heads * headDim, hidden));
      shapes.put(prefix + "self_attn.k_proj.weight", shape(kvHeads * headDim, hidden));
      shapes.put(prefix + "self_attn.v_proj.weight", shape(kvHeads * headDim, hidden));
      shapes.put(prefix + "self_attn.o_proj.weight", shape(hidden, heads * headDim));
      shapes.put(prefix + "mlp.gate_proj.weight", shape(intermediate, hidden));
      shapes.put(prefix + "mlp.up_proj.weight", shape(intermediate, hidden));
      shapes.put(prefix + "mlp.down_proj.weight", shape(hidden, intermediate));
      shapes.put(prefix + "input_layernorm.weight", shape(hidden));
      shapes.put(prefix + "post_attention_layernorm.weight", shape(hidden));
    }
    shapes.put("model.norm.weight", shape(hidden));
    if (!tied) {
      shapes.put("lm_head.weight", shape(vocab, hidden));
    }
    return shapes;
  }

  /** The weights of a tensor, row-major: exactly what the checkpoint holds, in any dtype. */
  public float[] values(String name) {
    long elements = shapes().get(name).stream().reduce(1L, Math::multiplyExact);
    boolean norm = new TensorName(name).role() == Role.NORM;
    Random base = new Random(seed * 31 + name.hashCode());
    Random change = new Random(~donorSeed * 31 + name.hashCode());
    float[] values = new float[Math.toIntExact(elements)];
    for (int i = 0; i < values.length; i++) {
      double value = base.nextGaussian() * SPREAD + change.nextGaussian() * noise;
      values[i] = norm ? 1 + onGrid(value, 128, 127) : onGrid(value, 256, 256);
    }
    return values;
  }

  private static float onGrid(double value, int steps, int limit) {
    long step = Math.round(value * steps);
    return (float) Math.max(-limit, Math.min(limit, step)) / steps;
  }

  private static List<Long> shape(long... dimensions) {
    return Arrays.stream(dimensions).boxed().toList();
  }

  private Map<String, Object> config() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architectures", List.of("LlamaForCausalLM"));
    json.put("model_type", "llama");
    json.put("hidden_size", hidden);
    json.put("intermediate_size", intermediate);
    json.put("num_hidden_layers", layers);
    json.put("num_attention_heads", heads);
    json.put("num_key_value_heads", kvHeads);
    json.put("head_dim", headDim);
    json.put("vocab_size", vocab);
    json.put("max_position_embeddings", 128);
    json.put("hidden_act", "silu");
    json.put("rms_norm_eps", 1e-5);
    json.put("rope_theta", 10000.0);
    json.put("rope_scaling", null);
    json.put("attention_bias", false);
    json.put("mlp_bias", false);
    json.put("tie_word_embeddings", tied);
    json.put("bos_token_id", 1);
    json.put("eos_token_id", 2);
    json.put("torch_dtype", torchName());
    json.putAll(config);
    return json;
  }

  private String torchName() {
    return switch (dtype) {
      case F64 -> "float64";
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
    };
  }

  private void writeWeights(Path directory) throws IOException {
    Map<String, List<Long>> written = new LinkedHashMap<>(shapes());
    copies.forEach(
        (name, of) ->
            of.ifPresentOrElse(
                t -> written.put(name, shapes().get(t)), () -> written.remove(name)));
    List<SafetensorsWriter.Entry> entries = new ArrayList<>();
    written.forEach(
        (name, shape) ->
            entries.add(new SafetensorsWriter.Entry(new TensorName(name), dtype, shape)));
    if (shards == 1) {
      write(directory.resolve("model.safetensors"), entries);
      return;
    }
    Map<String, String> index = new LinkedHashMap<>();
    for (int shard = 0; shard < shards; shard++) {
      String file = "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards);
      List<SafetensorsWriter.Entry> part =
          entries.subList(entries.size() * shard / shards, entries.size() * (shard + 1) / shards);
      write(directory.resolve(file), part);
      part.forEach(entry -> index.put(entry.name().text(), file));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("metadata", Map.of()); // transformers asks for the key
    json.put("weight_map", index);
    Files.writeString(directory.resolve("model.safetensors.index.json"), Writer.json(json));
  }

  private void write(Path file, List<SafetensorsWriter.Entry> entries) throws IOException {
    try (SafetensorsWriter writer = new SafetensorsWriter(file, entries)) {
      for (int i = 0; i < entries.size(); i++) {
        String name = entries.get(i).name().text();
        Optional<String> copied = copies.getOrDefault(name, Optional.empty());
        writer.write(i, 0, bytes(values(copied.orElse(name))));
      }
      writer.finish();
    }
  }

  private ByteBuffer bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      switch (dtype) {
        case F64 -> buffer.putDouble(value);
        case F32 -> buffer.putInt(bits);
        case F16 -> buffer.putShort(half(bits));
        case BF16 -> buffer.putShort((short) (bits >>> 16));
      }
    }
    return buffer.flip();
  }

  /** Float bits to half bits, for zero and values that are normal and exact in both. */
  private static short half(int bits) {
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    return (short) (magnitude == 0 ? sign : sign | (magnitude >>> 13) - (127 - 15 << 10));
  }
}
