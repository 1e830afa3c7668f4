package jsearch.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.eval.Bench;
import jsearch.eval.Scores;
import jsearch.eval.Split;
import jsearch.eval.Suite;
import jsearch.model.Decoder;
import jsearch.model.DecoderConfig;
import jsearch.model.HuggingFaceTokenizer;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** One checkpoint, resident on a device, to be scored by itself. */
public final class Contestant implements AutoCloseable {
  private final Arena arena;
  private final HuggingFaceTokenizer tokenizer;
  private final Decoder decoder;

  /**
   * Loads a checkpoint.
   *
   * @throws jsearch.document.InputException when it cannot be run, or a weight is NaN or infinite
   */
  public Contestant(Torch torch, Checkpoint checkpoint) {
    DecoderConfig config = DecoderConfig.of(checkpoint.config());
    tokenizer = HuggingFaceTokenizer.open(checkpoint.directory(), checkpoint.config());
    arena = torch.arena();
    decoder = new Decoder(torch, config, tokenizer, weights(torch, checkpoint));
  }

  private Map<String, Tensor> weights(Torch torch, Checkpoint checkpoint) {
    Storage storage = new Storage(torch);
    List<TensorInfo> infos = List.copyOf(checkpoint.tensors().values());
    List<Tensor> loaded = storage.load(arena, infos);
    for (long broken : storage.nonFinite(loaded)) {
      throw infos.get((int) broken).notFinite();
    }
    DType format = Workbench.computeFormat(torch, checkpoint);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (int i = 0; i < infos.size(); i++) {
      weights.put(infos.get(i).name().text(), storage.to(arena, loaded.get(i), format));
    }
    return weights;
  }

  /** Scores it on a split of a suite. */
  public Scores score(Suite suite, Split split) {
    return Bench.prepare(suite, split, decoder).score();
  }

  @Override
  public void close() {
    decoder.close();
    arena.close();
    tokenizer.close();
  }
}
