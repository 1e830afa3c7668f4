package jsearch.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.InputException;
import jsearch.eval.Bench;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.model.Decoder;
import jsearch.model.DecoderConfig;
import jsearch.model.HuggingFaceTokenizer;
import jsearch.model.Prompt;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** One checkpoint, resident on a device, to be scored by itself or to be spoken with. */
public final class Contestant implements AutoCloseable {
  private final Arena arena;
  private final HuggingFaceTokenizer tokenizer;
  private final Decoder decoder;

  /**
   * Loads a checkpoint.
   *
   * @param arithmetic its device is {@code torch}'s
   * @throws InputException when it cannot be run, or a weight is NaN or infinite
   */
  public Contestant(Torch torch, Checkpoint checkpoint, Arithmetic arithmetic) {
    DecoderConfig config = DecoderConfig.of(checkpoint.config());
    tokenizer = HuggingFaceTokenizer.open(checkpoint.directory(), checkpoint.config());
    arena = torch.arena();
    DType format = arithmetic.precision().format(torch, checkpoint);
    decoder =
        new Decoder(
            torch,
            config,
            tokenizer,
            weights(torch, checkpoint, format),
            format,
            arithmetic.batchTokens());
  }

  private Map<String, Tensor> weights(Torch torch, Checkpoint checkpoint, DType format) {
    Storage storage = new Storage(torch);
    List<TensorInfo> infos = List.copyOf(checkpoint.tensors().values());
    List<Tensor> loaded = storage.load(arena, infos);
    for (long broken : storage.nonFinite(loaded)) {
      throw infos.get((int) broken).notFinite();
    }
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (int i = 0; i < infos.size(); i++) {
      weights.put(infos.get(i).name().text(), storage.to(arena, loaded.get(i), format));
    }
    return weights;
  }

  /** Prepares a split of a suite, to be scored. */
  public Bench prepare(Suite suite, Split split) {
    return Bench.prepare(suite, split, decoder);
  }

  /**
   * Goes on from a text, greedily, until the model ends its answer or there is no more room.
   *
   * @param maxNewTokens the most tokens to write; fewer where the model's context has no room
   * @throws InputException when the text leaves no room at all, or is empty and nothing can stand
   *     for it
   */
  public String answer(String text, int maxNewTokens) {
    List<Integer> ids = tokenizer.encode(text, true);
    if (ids.isEmpty()) {
      int first =
          IntStream.concat(tokenizer.bos().stream(), tokenizer.eos().stream().mapToInt(id -> id))
              .findFirst()
              .orElseThrow(() -> new InputException("The prompt is empty, expected text."));
      ids = List.of(first);
    }
    int room = decoder.contextLength() - ids.size();
    if (room < 1) {
      throw new InputException(
          "The prompt has %d tokens, expected fewer than the model's %d."
              .formatted(ids.size(), decoder.contextLength()));
    }
    Prompt prompt = new Prompt(ids, Math.min(maxNewTokens, room), List.of());
    return decoder.generation(List.of(prompt)).get().get(0);
  }

  /** Number of tokens of a text, special ones not counted. */
  public int tokens(String text) {
    return tokenizer.encode(text, false).size();
  }

  @Override
  public void close() {
    decoder.close();
    arena.close();
    tokenizer.close();
  }
}
