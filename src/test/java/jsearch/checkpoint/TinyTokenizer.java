package jsearch.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jsearch.document.Writer;

/**
 * A byte-level tokenizer for tests: {@code <unk>} 0, {@code <s>} 1, {@code </s>} 2, then one token
 * a byte, the commonest of plain English first; no merges. Encoding with special tokens puts {@code
 * <s>} first.
 */
final class TinyTokenizer {
  private static final String COMMON = " abcdefghijklmnopqrstuvwxyz0123456789.,:;!?'\"+-*/=()\n";
  private static final List<String> SPECIAL = List.of("<unk>", "<s>", "</s>");

  private TinyTokenizer() {}

  /** Writes tokenizer.json and tokenizer_config.json with at most {@code size} tokens. */
  static void write(Path directory, int size) throws IOException {
    Files.writeString(
        directory.resolve("tokenizer.json"),
        """
        {
          "version": "1.0",
          "truncation": null,
          "padding": null,
          "added_tokens": [%s, %s, %s],
          "normalizer": null,
          "pre_tokenizer": %s,
          "post_processor": {
            "type": "TemplateProcessing",
            "single": [%5$s, %6$s],
            "pair": [%5$s, %6$s, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}
          },
          "decoder": %4$s,
          "model": {"type": "BPE", "unk_token": "<unk>", "vocab": %7$s, "merges": []}
        }
        """
            .formatted(
                special(0),
                special(1),
                special(2),
                "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true}",
                "{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}",
                "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}",
                Writer.jsonLine(vocabulary(size))));
    Files.writeString(
        directory.resolve("tokenizer_config.json"),
        """
        {
          "tokenizer_class": "PreTrainedTokenizerFast",
          "bos_token": "<s>",
          "eos_token": "</s>",
          "unk_token": "<unk>",
          "clean_up_tokenization_spaces": false
        }
        """);
  }

  private static String special(int id) {
    return """
        {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false, \
        "normalized": false, "special": true}"""
        .formatted(id, SPECIAL.get(id));
  }

  private static Map<String, Integer> vocabulary(int size) {
    List<String> tokens = new ArrayList<>(SPECIAL);
    for (byte value : COMMON.getBytes(StandardCharsets.US_ASCII)) {
      tokens.add(letter(value));
    }
    IntStream.range(0, 256).mapToObj(TinyTokenizer::letter).forEach(tokens::add);
    Map<String, Integer> vocab = new LinkedHashMap<>();
    tokens.stream().distinct().limit(size).forEach(token -> vocab.put(token, vocab.size()));
    return vocab;
  }

  /** GPT-2's letter of a byte: itself where printable, else one of the letters from U+0100 on. */
  private static String letter(int value) {
    int index = (int) IntStream.range(0, value).filter(b -> !printable(b)).count();
    return Character.toString(printable(value) ? value : 256 + index);
  }

  private static boolean printable(int value) {
    return (value > 32 && value < 127) || (value > 160 && value != 173);
  }
}
