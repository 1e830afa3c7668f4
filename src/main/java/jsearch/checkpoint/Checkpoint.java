package jsearch.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Neighbours;

/**
 * A checkpoint in Hugging Face's layout: config.json and safetensors, opened by their headers.
 *
 * <p>Weights are not read: a {@link TensorInfo} says where they lie. Buffers that follow from the
 * config ({@link TensorName#isBuffer}) are left out. A tied head is simply absent, see {@link
 * Ties}.
 */
public final class Checkpoint {
  private static final int MOST_LAYERS = 100_000;
  private static final List<String> TEXTS =
      List.of(".json", ".jinja", ".py", "merges.txt", "tokenizer.model");

  private final Path directory;
  private final Document config;
  private final int layers;
  private final SortedMap<String, TensorInfo> tensors;
  private final List<String> warnings;

  private Checkpoint(Path directory, Document config, Shards shards) {
    this.directory = directory;
    this.config = config;
    this.layers = layers(config);
    this.tensors = Collections.unmodifiableSortedMap(Ties.resolved(shards.tensors(), config));
    this.warnings =
        Stream.concat(shards.warnings().stream(), Ties.warnings(tensors, config).stream()).toList();
    tensors.values().forEach(this::requireKnownLayer);
  }

  /** A config of several parts has layers in each part and none at the top. */
  private static int layers(Document config) {
    try {
      return config.at("num_hidden_layers").integer(1, MOST_LAYERS);
    } catch (InputException e) {
      throw ModelKind.of(config).map(kind -> kind.refusal(e.getMessage())).orElse(e);
    }
  }

  /**
   * Opens a directory: reads its config, its index and the headers of its shards.
   *
   * @throws InputException when anything in it is missing, broken, quantised or not safetensors
   */
  public static Checkpoint open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new InputException(
          "%s %s, expected the directory of a Hugging Face checkpoint.%s"
              .formatted(
                  directory,
                  Files.exists(directory) ? "is a file" : "does not exist",
                  Neighbours.hint(directory, Files::isDirectory)));
    }
    // Weights first: a directory of pickles or GGUF is better told by them than by its config.
    Shards.requireWeights(directory);
    requireFiles(directory);
    Path file = directory.resolve("config.json");
    PlainFile.refusePointer(file);
    Document config = Document.json(file);
    refuseQuantised(config);
    Path tokenizer = directory.resolve("tokenizer.json");
    if (Files.exists(tokenizer)) {
      PlainFile.refusePointer(tokenizer);
    }
    return new Checkpoint(directory, config, Shards.read(directory));
  }

  /** What is read or copied later: a pipe would never end, a link to nothing would be left out. */
  private static void requireFiles(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      files.filter(Checkpoint::isText).sorted().forEach(PlainFile::require);
    } catch (IOException e) {
      throw InputException.unreadable(directory, e);
    }
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString();
    return TEXTS.stream().anyMatch(name::endsWith);
  }

  /** The directory, as given. */
  public Path directory() {
    return directory;
  }

  /** The whole of config.json. */
  public Document config() {
    return config;
  }

  /** What the user should know of its files, a sentence each. */
  public List<String> warnings() {
    return warnings;
  }

  /** Number of layers: {@code num_hidden_layers} of the config. */
  public int layers() {
    return layers;
  }

  /** All tensors by name, in the order of their names. */
  public SortedMap<String, TensorInfo> tensors() {
    return tensors;
  }

  /** Bytes of all tensors. */
  public long bytes() {
    return tensors.values().stream().mapToLong(TensorInfo::bytes).sum();
  }

  /** Whether the head is the embedding: there is no tensor of its own for it. */
  public boolean isTied() {
    return !tensors.containsKey(TensorName.HEAD.text());
  }

  /**
   * The tensor of this name.
   *
   * @throws InputException when there is none
   */
  public TensorInfo tensor(String name) {
    TensorInfo info = tensors.get(name);
    if (info == null) {
      throw new InputException(
          "Tensor %s is missing from %s, which has %d others."
              .formatted(name, directory, tensors.size()));
    }
    return info;
  }

  /**
   * The tensor of this name, or the embedding where it is the head and tied (mergekit's rule).
   *
   * @throws InputException when there is neither
   */
  public TensorInfo tensorOrTied(TensorName name) {
    return tensor((name.equals(TensorName.HEAD) && isTied() ? TensorName.EMBEDDING : name).text());
  }

  /**
   * A SHA-256 that tells this checkpoint from others: 64 hexadecimal digits.
   *
   * <p>It covers config.json, tokenizer.json and tokenizer_config.json in full, where present, and
   * each tensor's name, dtype, shape and data: in full up to 64 KiB, else 16 blocks of 4 KiB spread
   * evenly from its first byte to its last. So a retrained tensor is seen, and a few bytes changed
   * between the blocks are not. The directory, the shards and other files do not enter.
   *
   * @throws InputException when a file cannot be read any more
   */
  public String fingerprint() {
    return Fingerprint.of(this);
  }

  private void requireKnownLayer(TensorInfo info) {
    int layer = info.name().layer().orElse(0);
    if (layer >= layers) {
      throw new InputException(
          "Tensor %s of %s is in layer %d, expected a layer below %d (num_hidden_layers of %s)."
              .formatted(info.name().text(), info.file(), layer, layers, config.source()));
    }
  }

  private static void refuseQuantised(Document config) {
    config
        .find("quantization_config")
        .ifPresent(
            value -> {
              throw new InputException(
                  """
                  %s: quantization_config says that the weights are quantised (%s), expected none.
                  Maybe use the unquantised checkpoint that it was made from."""
                      .formatted(config.source(), method(value)));
            });
  }

  private static String method(Document quantisation) {
    return quantisation.find("quant_method").map(d -> String.valueOf(d.value())).orElse("unnamed");
  }
}
