package jsearch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import jsearch.checkpoint.DType;
import jsearch.document.InputException;
import jsearch.torch.Arena;
import jsearch.torch.Program;
import jsearch.torch.Stopwatch;
import jsearch.torch.Tensor;
import jsearch.torch.TensorMap;
import jsearch.torch.Torch;

/**
 * A decoder over weights that lie on the device; what is written into them later, it runs later.
 *
 * <p>Holds a view of the weights, not a copy: a search writes candidate after candidate into the
 * same tensors.
 */
public final class Decoder implements LanguageModel, AutoCloseable {
  /** Below this many parameters an operation on the CPU is too short to be shared by threads. */
  private static final long SMALL = 1L << 26;

  private final Torch torch;
  private final Arena arena;
  private final Program program;
  private final AtomicInteger batchTokens;
  private final DecoderConfig config;
  private final Tokenizer tokenizer;
  private final TensorMap weights;

  /**
   * A decoder of these weights, all in one format, by their names in the checkpoint.
   *
   * @param weights tensors on {@code torch}'s device; must outlive this decoder
   * @param format of all weights
   * @param batchTokens padded tokens that a batch holds at most; empty for what fits now
   * @throws InputException when a weight is missing or has another shape than the config says
   */
  public Decoder(
      Torch torch,
      DecoderConfig config,
      Tokenizer tokenizer,
      Map<String, Tensor> weights,
      DType format,
      OptionalInt batchTokens) {
    Map<String, Tensor> all = config.select(weights);
    if (weights.values().stream().mapToLong(Decoder::elements).sum() < SMALL) {
      torch.splitThreads();
    }
    this.torch = torch;
    this.arena = torch.arena();
    this.program = torch.program(Decoder.class, "decoder", options(torch, config, format));
    this.batchTokens =
        new AtomicInteger(
            batchTokens.orElseGet(
                () -> new Footprint(config, format.bytes(), torch.parallel()).tokens(torch)));
    this.config = config;
    this.tokenizer = tokenizer;
    config
        .rotation()
        .frequencies()
        .forEach((name, values) -> all.put(name, arena.floats(values, values.length)));
    this.weights = arena.map(all);
  }

  private static Map<String, Object> options(Torch torch, DecoderConfig config, DType format) {
    Map<String, Object> all = new HashMap<>(config.options());
    all.put("widened", !torch.multiplies(format));
    return all;
  }

  private static long elements(Tensor tensor) {
    return tensor.shape().stream().reduce(1L, Math::multiplyExact);
  }

  /** Hands each batch to the task; they may run side by side. */
  <T> void each(List<T> batches, Consumer<T> task) {
    torch.each(batches, task);
  }

  /** What measures the work that is done now. */
  Stopwatch stopwatch() {
    return torch.stopwatch();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public int contextLength() {
    return config.sizes().context();
  }

  @Override
  public Supplier<List<Likelihood>> scoring(List<Continuation> continuations) {
    return new ScoringJob(this, continuations);
  }

  @Override
  public Supplier<List<Generated>> generation(List<Prompt> prompts) {
    return new GenerationJob(this, prompts);
  }

  /**
   * Logits at every position, for checks and for people.
   *
   * @param ids one row of token ids
   * @return float32, one row of vocabulary size a position
   */
  public float[][] logits(List<Integer> ids) {
    requireKnown(ids);
    try (Arena scope = arena.nested()) {
      Tensor row = scope.longs(longs(ids), 1, ids.size());
      float[] flat = call(scope, "all_logits", row).floats();
      int width = flat.length / ids.size();
      float[][] rows = new float[ids.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
      }
      return rows;
    }
  }

  /**
   * Hidden states after each layer at every position of each row, rows one after the other.
   *
   * @return one tensor a layer, float32 [positions, hidden]; the last one after the final norm
   */
  public List<Tensor> states(Arena scope, List<List<Integer>> rows) {
    rows.forEach(this::requireKnown);
    int[] starts = new int[rows.size()];
    int found = 0;
    try (Arena parts = arena.nested()) {
      List<List<Tensor>> groups = new ArrayList<>();
      for (List<Integer> group :
          Batch.groups(rows.size(), batchTokens(), i -> rows.get(i).size())) {
        groups.add(states(parts, Batch.right(group.stream().map(rows::get).toList())));
        for (int row : group) {
          starts[row] = found;
          found += rows.get(row).size();
        }
      }
      long[] order =
          IntStream.range(0, rows.size())
              .flatMap(r -> IntStream.range(starts[r], starts[r] + rows.get(r).size()))
              .asLongStream()
              .toArray();
      Tensor index = parts.longs(order, order.length);
      return IntStream.range(0, config.sizes().layers())
          .mapToObj(layer -> groups.stream().map(group -> group.get(layer)).toList())
          .map(states -> program.tensor(scope, "join", states, index))
          .toList();
    }
  }

  private List<Tensor> states(Arena scope, Batch batch) {
    long[] cells = batch.realCells();
    return calls(
        scope,
        "states",
        scope.longs(batch.ids(), batch.rows(), batch.length()),
        scope.longs(cells, cells.length));
  }

  /** Log-probabilities [2,N,K], see the program; {@code most} bounds the logits in memory. */
  Tensor score(
      Arena scope, Tensor ids, List<Tensor> layout, Tensor cells, Tensor targets, int most) {
    return call(scope, "score", ids, layout, cells, targets, most);
  }

  /** The text length beyond which a cache is stale, see {@link Rotation#reach}. */
  int reach() {
    return config.rotation().reach();
  }

  /**
   * The text length up to which rotary frequencies are the same for any; 0 when they always are.
   */
  int steadyReach() {
    return config.rotation().steadyReach();
  }

  /**
   * Padded tokens that a batch holds at most, unless one row alone is longer.
   *
   * <p>Fewer once there was too little memory, see {@link #shrink}.
   */
  public int batchTokens() {
    return batchTokens.get();
  }

  /** From now on batches hold at most so many tokens, and prepared jobs are laid out anew. */
  public void limitBatches(int tokens) {
    batchTokens.set(tokens);
  }

  /**
   * Remembers that there was too little memory for a batch of so many tokens.
   *
   * @return what later ones hold at most: half of it
   */
  int shrink(int tokens) {
    int half = Math.max(1, tokens / 2);
    batchTokens.accumulateAndGet(half, Math::min);
    return half;
  }

  /** Refuses token ids that the embedding has no row for. */
  void requireKnown(List<Integer> ids) {
    for (int id : ids) {
      if (id >= config.sizes().vocabulary()) {
        throw new InputException(
            """
            The tokenizer gives token %d, expected one below %d (vocab_size of %s).
            Maybe the tokenizer belongs to another checkpoint."""
                .formatted(id, config.sizes().vocabulary(), config.source()));
      }
    }
  }

  /** Runs a method of the program that begins with the weights. */
  Tensor call(Arena scope, String method, Object... rest) {
    return program.tensor(scope, method, withWeights(rest));
  }

  /** Runs a method of the program that begins with the weights. */
  List<Tensor> calls(Arena scope, String method, Object... rest) {
    return program.tensors(scope, method, withWeights(rest));
  }

  /** Keeps these rows of a key/value cache. */
  List<Tensor> keep(Arena scope, List<Tensor> cache, Tensor rows) {
    return program.tensors(scope, "keep", cache, rows);
  }

  private Object[] withWeights(Object... rest) {
    Object[] arguments = new Object[rest.length + 1];
    arguments[0] = weights;
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    return arguments;
  }

  /** An arena on the model's device. */
  Arena arena() {
    return arena;
  }

  static long[] longs(List<Integer> ids) {
    return ids.stream().mapToLong(Integer::longValue).toArray();
  }

  @Override
  public void close() {
    arena.close();
  }
}
