package jsearch.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import jsearch.checkpoint.Vocabulary;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.torch.Torch;

/** A checkpoint's {@code tokenizer.json}, run by Hugging Face's tokenizers library. */
public final class HuggingFaceTokenizer implements Tokenizer, AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer tokenizer;
  private final OptionalInt bos;
  private final List<Integer> eos;

  private HuggingFaceTokenizer(
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer tokenizer,
      OptionalInt bos,
      List<Integer> eos) {
    this.tokenizer = tokenizer;
    this.bos = bos;
    this.eos = eos;
  }

  /**
   * Opens the tokenizer of a checkpoint directory; its config names the special tokens.
   *
   * <p>Where there is a {@code generation_config.json}, its end-of-sequence tokens are taken, as
   * transformers does: instruct models often end at others than their config names.
   *
   * <p>Which special tokens are added to a text is said by {@code tokenizer.json} alone, as in
   * transformers 5: {@code add_bos_token} and {@code add_eos_token} of {@code
   * tokenizer_config.json} count for nothing beside it. (Version 4 heeded them for tokenizers of
   * the classes Llama and Gemma.)
   *
   * @throws InputException when {@code tokenizer.json} is missing or malformed
   */
  public static HuggingFaceTokenizer open(Path directory, Document config) {
    Torch.stayOffline();
    Path file = Vocabulary.file(directory);
    Document.json(file);
    try {
      return new HuggingFaceTokenizer(
          ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(file, OPTIONS),
          tokenIds(config, "bos_token_id").stream().mapToInt(id -> id).findFirst(),
          eos(directory, config));
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          "%s is no tokenizer that can be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<Integer> eos(Path directory, Document config) {
    Path generation = directory.resolve("generation_config.json");
    List<Integer> ids =
        Files.exists(generation) ? tokenIds(Document.json(generation), "eos_token_id") : List.of();
    return ids.isEmpty() ? tokenIds(config, "eos_token_id") : ids;
  }

  /** One id or a list of ids. */
  private static List<Integer> tokenIds(Document config, String key) {
    return config
        .find(key)
        .map(ids -> ids.isList() ? ids.items() : List.of(ids))
        .orElse(List.of())
        .stream()
        .map(id -> id.integer(0, Integer.MAX_VALUE))
        .toList();
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
  public List<Integer> eos() {
    return eos;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
