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

/** A tiny checkpoint of the test resources to be run in any format. */
final class TinyModel implements AutoCloseable {
  /** Padded tokens that a batch of its decoders holds. */
  static final int TOKENS = 1024;

  private final Torch torch;
  private final Arena arena;
  private final Path checkpoint;
  private final DecoderConfig config;

  /** The weights of this checkpoint, run as the config says, which may be that of another. */
  TinyModel(Torch torch, Path checkpoint, DecoderConfig config) {
    this.torch = torch;
    this.arena = torch.arena();
    this.checkpoint = checkpoint;
    this.config = config;
  }

  /** A file or directory beside the classes of this package. */
  static Path resource(String name) {
    try {
      return Path.of(TinyModel.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Integer> integers(Document list) {
    return list.items().stream().map(id -> id.integer(0, 1 << 16)).toList();
  }

  static double[] doubles(Document list) {
    return list.items().stream().mapToDouble(Document::number).toArray();
  }

  /** The weights in this format. */
  Map<String, Tensor> weights(DType format) {
    Storage storage = new Storage(torch);
    List<TensorInfo> infos = List.copyOf(Checkpoint.open(checkpoint).tensors().values());
    List<Tensor> loaded = storage.load(arena, infos);
    Map<String, Tensor> weights = new HashMap<>();
    for (int i = 0; i < infos.size(); i++) {
      weights.put(infos.get(i).name().text(), storage.to(arena, loaded.get(i), format));
    }
    return weights;
  }

  /** A decoder of the weights in this format whose sequences end at these tokens. */
  Decoder decoder(DType format, Integer... eos) {
    return new Decoder(
        torch, config, new Letters(List.of(eos)), weights(format), format, OptionalInt.of(TOKENS));
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
    arena.close();
  }
}
