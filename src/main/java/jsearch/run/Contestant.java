package jsearch.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.InputException;
import jsearch.eval.Bench;
import jsearch.eval.ChatPrompts;
import jsearch.eval.EntryResult;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.eval.TaskBench;
import jsearch.model.Decoder;
import jsearch.model.DecoderConfig;
import jsearch.model.Generated;
import jsearch.model.HuggingFaceTokenizer;
import jsearch.model.Prompt;
import jsearch.task.Entry;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** One checkpoint, resident on a device, to be scored by itself or to be spoken with. */
public final class Contestant implements AutoCloseable {
  private final Checkpoint checkpoint;
  private final Arena arena;
  private final HuggingFaceTokenizer tokenizer;
  private final Decoder decoder;
  private final List<String> warnings;

  /**
   * Loads a checkpoint.
   *
   * @param arithmetic its device is {@code torch}'s
   * @throws InputException when it cannot be run, or a weight is NaN or infinite
   */
  public Contestant(Torch torch, Checkpoint checkpoint, Arithmetic arithmetic) {
    this.checkpoint = checkpoint;
    DecoderConfig config = DecoderConfig.of(checkpoint);
    warnings = Stream.concat(checkpoint.warnings().stream(), config.warnings().stream()).toList();
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

  /** What a person should know of this checkpoint, a sentence each. */
  public List<String> warnings() {
    return warnings;
  }

  /** Prepares a split of a suite, to be scored. */
  public Bench prepare(Suite suite, Split split) {
    return Bench.prepare(suite, split, decoder, SuiteChat.of(suite, checkpoint.directory()));
  }

  /**
   * Answers all items of a task or group, and scores them by every metric.
   *
   * @param chat wraps prompts; empty for plain text
   */
  public List<EntryResult> answer(Entry entry, Optional<ChatPrompts> chat) {
    return TaskBench.prepare(entry, decoder, chat).run();
  }

  /**
   * Goes on from a text, greedily, until the model ends its answer or there is no more room.
   *
   * @param maxNewTokens the most tokens to write; fewer where the model's context has no room
   * @throws InputException when the text leaves no room at all, or is empty and nothing can stand
   *     for it
   */
  public Generated answer(String text, int maxNewTokens) {
    List<Integer> ids = tokenizer.encode(text, true);
    if (ids.isEmpty()) {
      int first =
          IntStream.concat(tokenizer.bos().stream(), tokenizer.eos().stream().mapToInt(id -> id))
              .findFirst()
              .orElseThrow(() -> new InputException("The prompt is empty, expected text."));
      ids = List.of(first);
    }
    return answer(ids, maxNewTokens);
  }

  /**
   * Answers a conversation that a chat template has rendered; no special token is added to it.
   *
   * @throws InputException when the text leaves no room for an answer, or is empty
   */
  public Generated reply(String rendered, int maxNewTokens) {
    List<Integer> ids = tokenizer.encode(rendered, false);
    if (ids.isEmpty()) {
      throw new InputException("The chat template renders to nothing, expected text.");
    }
    return answer(ids, maxNewTokens);
  }

  private Generated answer(List<Integer> ids, int maxNewTokens) {
    int room = decoder.contextLength() - ids.size();
    if (room < 1) {
      throw new InputException(
          "The prompt has %d tokens, expected fewer than the model's %d."
              .formatted(ids.size(), decoder.contextLength()));
    }
    Prompt prompt = new Prompt(ids, Math.min(maxNewTokens, room), List.of());
    return decoder.generation(List.of(prompt)).get().get(0);
  }

  @Override
  public void close() {
    decoder.close();
    arena.close();
    tokenizer.close();
  }
}
