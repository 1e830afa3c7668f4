package jsearch.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import jsearch.document.Document;
import jsearch.document.InputException;

/** A checkpoint's {@code tokenizer.json}, run by Hugging Face's tokenizers library. */
public final class HuggingFaceTokenizer implements Tokenizer, AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer tokenizer;
  private final OptionalInt bos;
  private final OptionalInt eos;

  private HuggingFaceTokenizer(
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer tokenizer,
      OptionalInt bos,
      OptionalInt eos) {
    this.tokenizer = tokenizer;
    this.bos = bos;
    this.eos = eos;
  }

  /**
   * Opens the tokenizer of a checkpoint directory; its config names the special tokens.
   *
   * @throws InputException when {@code tokenizer.json} is missing or malformed
   */
  public static HuggingFaceTokenizer open(Path directory, Document config) {
    Path file = file(directory);
    Document.json(file);
    try {
      return new HuggingFaceTokenizer(
          ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(file, OPTIONS),
          tokenId(config, "bos_token_id"),
          tokenId(config, "eos_token_id"));
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          "%s is no tokenizer that can be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The token strings of a checkpoint directory's tokenizer, added tokens included. */
  public static Set<String> vocabulary(Path directory) {
    Document file = Document.json(file(directory));
    Set<String> tokens = new TreeSet<>();
    Document vocabulary = file.at("model").at("vocab");
    if (vocabulary.isMap()) {
      tokens.addAll(vocabulary.entries().keySet());
    } else {
      vocabulary.items().forEach(pair -> tokens.add(pair.items().get(0).text()));
    }
    file.find("added_tokens")
        .ifPresent(added -> added.items().forEach(token -> tokens.add(token.at("content").text())));
    return tokens;
  }

  private static Path file(Path directory) {
    Path file = directory.resolve("tokenizer.json");
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          """
          %s does not exist, expected a tokenizer there.
          Maybe save it with transformers' fast tokenizer (save_pretrained)."""
              .formatted(file));
    }
    return file;
  }

  private static OptionalInt tokenId(Document config, String key) {
    return config
        .find(key)
        .map(id -> id.isList() ? id.items().get(0) : id)
        .map(id -> OptionalInt.of(id.integer(0, Integer.MAX_VALUE)))
        .orElse(OptionalInt.empty());
  }

  @Override
  public List<Integer> encode(String text, boolean special) {
    long[] ids = tokenizer.encode(text, special, false).getIds();
    return Arrays.stream(ids).mapToObj(id -> (int) id).toList();
  }

  @Override
  public String decode(List<Integer> ids) {
    return tokenizer.decode(ids.stream().mapToLong(Integer::longValue).toArray(), true);
  }

  @Override
  public OptionalInt bos() {
    return bos;
  }

  @Override
  public OptionalInt eos() {
    return eos;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
