package jsearch.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jsearch.checkpoint.DType;
import jsearch.document.Document;
import jsearch.document.Writer;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** The checkpoint of llama_golden/ and what transformers computed with it. */
final class GoldenLlama implements AutoCloseable {
  private static final Path DIRECTORY = TinyModel.resource("llama_golden");
  private static final Document GOLDEN = Document.json(DIRECTORY.resolve("golden.json"));

  /** Rows of token ids. */
  static final List<List<Integer>> ROWS =
      GOLDEN.at("rows").items().stream().map(TinyModel::integers).toList();

  /** Logits by row, position, token. */
  static final List<List<double[]>> LOGITS =
      GOLDEN.at("logits").items().stream()
          .map(row -> row.items().stream().map(TinyModel::doubles).toList())
          .toList();

  /** Hidden states after each layer at the last position of row 3. */
  static final List<double[]> STATES =
      GOLDEN.at("hidden_states").items().stream().map(TinyModel::doubles).toList();

  /** The 24 tokens that follow each row greedily, EOS like any other. */
  static final List<List<Integer>> GREEDY =
      GOLDEN.at("greedy").items().stream().map(TinyModel::integers).toList();

  private final Torch torch = Torch.open("cpu");
  private final TinyModel model = new TinyModel(torch, DIRECTORY, config());

  static DecoderConfig config() {
    return DecoderConfig.of(Document.json(DIRECTORY.resolve("config.json")));
  }

  /** The config with a tied head, whatever the file says. */
  static DecoderConfig tiedConfig() {
    Path file = DIRECTORY.resolve("config.json");
    Map<String, Object> keys = new HashMap<>();
    Document.json(file).entries().forEach((key, value) -> keys.put(key, value.value()));
    keys.put("tie_word_embeddings", true);
    return DecoderConfig.of(Document.json(file.toString(), Writer.json(keys)));
  }

  Torch torch() {
    return torch;
  }

  /** The weights in this format. */
  Map<String, Tensor> weights(DType format) {
    return model.weights(format);
  }

  /** A decoder of the weights in this format whose sequences end at these tokens. */
  Decoder decoder(DType format, Integer... eos) {
    return model.decoder(format, eos);
  }

  /** The letters of these tokens, one a token. */
  static String text(List<Integer> ids) {
    return TinyModel.text(ids);
  }

  @Override
  public void close() {
    torch.close();
  }
}
