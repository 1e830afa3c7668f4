package jsearch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.checkpoint.Vocabulary;
import jsearch.document.Document;
import jsearch.document.InputException;
import jsearch.document.Writer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TinyCheckpoint's tokenizer: one token a byte; 3 is the space, a is 4, b is 5. */
class HuggingFaceTokenizerTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() {
    new TinyCheckpoint().write(directory);
  }

  private HuggingFaceTokenizer open(String config) {
    return HuggingFaceTokenizer.open(directory, Document.json("config.json", config));
  }

  private void edit(String part, String replacement) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    String text = Files.readString(file);
    assertTrue(text.contains(part), part);
    Files.writeString(file, text.replace(part, replacement));
  }

  @Test
  void specialTokensAreAddedWhereAsked() {
    try (HuggingFaceTokenizer tokenizer = open("{}")) {
      assertEquals(List.of(4, 3, 5), tokenizer.encode("a b", false));
      assertEquals(List.of(1, 4, 3, 5), tokenizer.encode("a b", true));
      assertEquals(List.of(), tokenizer.encode("", false));
      assertEquals(List.of(1), tokenizer.encode("", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain text", "  spaces kept ", "line\nbreak\t", "Grüße, 世界 🙂"})
  void decodingGivesTheTextBack(String text) {
    try (HuggingFaceTokenizer tokenizer = open("{}")) {
      assertEquals(text, tokenizer.decode(tokenizer.encode(text, true)));
    }
  }

  @Test
  void longTextIsNeverCutNorShortTextPadded() throws IOException {
    edit(
        "\"truncation\": null",
        """
        "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", \
        "stride": 0}""");
    edit(
        "\"padding\": null",
        """
        "padding": {"strategy": {"Fixed": 8}, "direction": "Right", "pad_to_multiple_of": null, \
        "pad_id": 0, "pad_type_id": 0, "pad_token": "<unk>"}""");
    try (HuggingFaceTokenizer tokenizer = open("{}")) {
      assertEquals(5000, tokenizer.encode("a".repeat(5000), false).size());
      assertEquals(List.of(4), tokenizer.encode("a", false));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                          |    | ''",
        "{\"bos_token_id\": 1, \"eos_token_id\": 2}  | 1  | 2",
        "{\"bos_token_id\": null, \"eos_token_id\": [7, 5]} | | 7 5",
      })
  void theConfigNamesBosAndAnyNumberOfEos(String config, Integer bos, String eos) {
    try (HuggingFaceTokenizer tokenizer = open(config)) {
      assertEquals(bos == null ? OptionalInt.empty() : OptionalInt.of(bos), tokenizer.bos());
      assertEquals(eos, String.join(" ", tokenizer.eos().stream().map(String::valueOf).toList()));
    }
  }

  @Test
  void theGenerationConfigsEosWins() throws IOException {
    Path file = directory.resolve("generation_config.json");
    Files.writeString(file, "{\"eos_token_id\": [8, 2]}");
    try (HuggingFaceTokenizer tokenizer = open("{\"eos_token_id\": 2}")) {
      assertEquals(List.of(8, 2), tokenizer.eos());
    }
    Files.writeString(file, "{\"temperature\": 1}");
    try (HuggingFaceTokenizer tokenizer = open("{\"eos_token_id\": 2}")) {
      assertEquals(List.of(2), tokenizer.eos());
    }
  }

  @Test
  void aTokenIdThatIsNoNumberIsNamed() {
    InputException e =
        assertThrows(InputException.class, () -> open("{\"eos_token_id\": [2, \"x\"]}"));
    assertEquals("config.json: eos_token_id[1] is \"x\", expected a whole number.", e.getMessage());
  }

  /** Of transformers 5, whose tokenizer_config.json no longer adds tokens (tokenizers.json). */
  @Test
  void whichSpecialTokensAreAddedIsSaidByTheTokenizersFileAlone() throws Exception {
    Document golden = Document.json(Path.of(getClass().getResource("tokenizers.json").toURI()));
    for (Document made : golden.at("cases").items()) {
      Document file = golden.at("tokenizers").at(made.at("post processor").text());
      Files.writeString(directory.resolve("tokenizer.json"), Writer.json(file.value()));
      Files.writeString(
          directory.resolve("tokenizer_config.json"), Writer.json(made.at("config").value()));
      try (HuggingFaceTokenizer tokenizer = open("{}")) {
        String text = made.at("text").text();
        assertEquals(ids(made.at("ids")), tokenizer.encode(text, true), made.value().toString());
        assertEquals(ids(made.at("ids without special")), tokenizer.encode(text, false));
      }
    }
  }

  private static List<Integer> ids(Document list) {
    return list.items().stream().map(id -> id.integer(0, Integer.MAX_VALUE)).toList();
  }

  @Test
  void theVocabularyHoldsAddedTokensToo() throws IOException {
    edit(
        "\"added_tokens\": [",
        """
        "added_tokens": [{"id": 300, "content": "<|new|>", "single_word": false, "lstrip": false, \
        "rstrip": false, "normalized": false, "special": true},\s""");
    Set<String> tokens = Vocabulary.read(Vocabulary.file(directory)).ids().keySet();
    // Three special tokens, 256 bytes, one added.
    assertEquals(260, tokens.size());
    assertTrue(tokens.containsAll(Set.of("<unk>", "<s>", "</s>", "<|new|>", "a", "Ġ")));
    assertFalse(tokens.contains(" "));
  }

  @Test
  void theVocabularyOfAUnigramModelIsItsPiecesWithoutTheirScores() throws IOException {
    Files.writeString(
        directory.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"<unk>\", 0], [\"▁a\", -1.5]]}}");
    assertEquals(Set.of("<unk>", "▁a"), Vocabulary.read(Vocabulary.file(directory)).ids().keySet());
  }

  @Test
  void aMissingTokenizerIsNamedWithAHint() throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Files.delete(file);
    String message = assertThrows(InputException.class, () -> open("{}")).getMessage();
    assertTrue(message.startsWith(file + " does not exist, expected a tokenizer"), message);
    assertTrue(message.contains("\nMaybe "), message);
    assertThrows(
        InputException.class, () -> Vocabulary.read(Vocabulary.file(directory)).ids().keySet());
  }

  @Test
  void aFileThatIsNoJsonIsNamed() throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\": ");
    String message = assertThrows(InputException.class, () -> open("{}")).getMessage();
    assertTrue(message.startsWith(file + ", line 1 is not valid JSON"), message);
  }

  @Test
  void jsonThatIsNoTokenizerIsNamed() throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\": {\"type\": \"BPE\"}}");
    String message = assertThrows(InputException.class, () -> open("{}")).getMessage();
    assertTrue(message.startsWith(file + " is no tokenizer that can be read: "), message);
  }
}
