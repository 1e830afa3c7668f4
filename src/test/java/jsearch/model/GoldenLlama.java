package jsearch.model;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.document.Document;
import jsearch.torch.Arena;
import jsearch.torch.Storage;
import jsearch.torch.Tensor;
import jsearch.torch.Torch;

/** The checkpoint of llama_golden/ and what transformers computed with it. */
final class GoldenLlama implements AutoCloseable {
  private static final Path DIRECTORY = directory();
  private static final Document GOLDEN = Document.json(DIRECTORY.resolve("golden.json"));

  /** Rows of token ids. */
  static final List<List<Integer>> ROWS =
      GOLDEN.at("rows").items().stream().map(GoldenLlama::integers).toList();

  /** Logits by row, position, token. */
  static final List<List<double[]>> LOGITS =
      GOLDEN.at("logits").items().stream()
          .map(row -> row.items().stream().map(GoldenLlama::doubles).toList())
          .toList();

  /** Hidden states after each layer at the last position of row 3. */
  static final List<double[]> STATES =
      GOLDEN.at("hidden_states").items().stream().map(GoldenLlama::doubles).toList();

  /** The 24 tokens that follow each row greedily, EOS like any other. */
  static final List<List<Integer>> GREEDY =
      GOLDEN.at("greedy").items().stream().map(GoldenLlama::integers).toList();

  private final Torch torch = Torch.open("cpu");
  private final Arena arena = torch.arena();

  private static Path directory() {
    try {
      return Path.of(GoldenLlama.class.getResource("llama_golden").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> integers(Document list) {
    return list.items().stream().map(id -> id.integer(0, 66)).toList();
  }

  private static double[] doubles(Document list) {
    return list.items().stream().mapToDouble(Document::number).toArray();
  }

  static DecoderConfig config() {
    return DecoderConfig.of(Document.json(DIRECTORY.resolve("config.json")));
  }

  Torch torch() {
    return torch;
  }

  /** The weights in this format. */
  Map<String, Tensor> weights(DType format) {
    Storage storage = new Storage(torch);
    List<TensorInfo> infos = List.copyOf(Checkpoint.open(DIRECTORY).tensors().values());
    List<Tensor> loaded = storage.load(arena, infos);
    Map<String, Tensor> weights = new HashMap<>();
    for (int i = 0; i < infos.size(); i++) {
      weights.put(infos.get(i).name().text(), storage.to(arena, loaded.get(i), format));
    }
    return weights;
  }

  /** A decoder of the weights in this format whose sequences end at these tokens. */
  Decoder decoder(DType format, Integer... eos) {
    return new Decoder(torch, config(), new Letters(List.of(eos)), weights(format));
  }

  /** The letters of these tokens, one a token. */
  static String text(List<Integer> ids) {
    return ids.stream().map(id -> Character.toString('!' + id)).collect(Collectors.joining());
  }

  /** One printable letter a token. */
  private record Letters(List<Integer> eos) implements Tokenizer {
    @Override
    public List<Integer> encode(String text, boolean special) {
      return text.chars().mapToObj(letter -> letter - '!').toList();
    }

    @Override
    public String decode(List<Integer> ids) {
      return text(ids);
    }

    @Override
    public OptionalInt bos() {
      return OptionalInt.empty();
    }
  }

  @Override
  public void close() {
    torch.close();
  }
}
