package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  @TempDir private Path directory;

  private Vocabulary read(String vocab, String added) throws IOException {
    String text =
        "{\"added_tokens\": %s, \"model\": {\"merges\": [[\"a\", \"b\"]], \"vocab\": %s}}"
            .formatted(added, vocab)
            .replace('\'', '"');
    return Vocabulary.read(Files.writeString(directory.resolve("tokenizer.json"), text));
  }

  /** What tokenizers 0.22.2 and 0.23.3 say of such files: get_vocab() of a WordLevel model. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'a':0,'b':1,'c':2} | 3 x, 4 y | {a=0, b=1, c=2, x=3, y=4}",
        "{'a':0,'b':1,'c':2} | 4 x, 6 y | {a=0, b=1, c=2, x=3, y=4}",
        "{'a':0,'b':1,'c':2} | 1 b, 5 x | {a=0, b=1, c=2, x=3}",
        "{'a':0,'b':1,'c':2} | 5 b, 3 x | {a=0, b=1, c=2, x=3}",
        "{'a':0,'b':1,'c':2} | 4 x, 3 y | {a=0, b=1, c=2, x=3, y=4}",
        "{'a':0,'b':1,'c':5} | 6 x | {a=0, b=1, x=3, c=5}",
      })
  void idsAreThoseOfTheTokenizersLibrary(String vocab, String added, String expected)
      throws IOException {
    StringBuilder entries = new StringBuilder();
    for (String token : added.split(", ")) {
      String[] parts = token.split(" ");
      entries
          .append(entries.isEmpty() ? "[" : ", ")
          .append("{'id': %s, 'content': '%s'}".formatted(parts[0], parts[1]));
    }
    assertEquals(expected, read(vocab, entries + "]").ids().toString());
  }

  @Test
  void aUnigramsIdsAreItsOrder() throws IOException {
    Vocabulary vocabulary = read("[['<unk>', 0], ['▁a', -1.5], ['b', -2]]", "[]");
    assertEquals(Map.of("<unk>", 0, "▁a", 1, "b", 2), vocabulary.ids());
  }

  @Test
  void flagsAreKeptWithoutIdAndContent() throws IOException {
    Vocabulary vocabulary =
        read("{'merges': 0}", "[{'id': 7, 'content': '<x>', 'lstrip': true, 'special': false}]");
    assertEquals(Map.of("merges", 0, "<x>", 1), vocabulary.ids());
    assertEquals(Map.of("lstrip", true, "special", false), vocabulary.added().get("<x>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{'a':0,'b':0} | a and b have the same id 0",
        "{'a':-1} | model.vocab.a is -1",
        "[['a',0],['a',1]] | model.vocab[1] is",
        "[['a',0],[]] | model.vocab[1] is",
        "3 | model.vocab is 3, expected a list",
      })
  void whatIsNoVocabularyIsRefused(String vocab, String expected) {
    InputException e = assertThrows(InputException.class, () -> read(vocab, "[]"));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"model\":", "{\"model\":{\"merges\":["})
  void aTowerOfBracketsIsAnInputError(String bracket) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(file, bracket.repeat(1_000_000));
    InputException e = assertThrows(InputException.class, () -> Vocabulary.read(file));
    assertTrue(e.getMessage().startsWith(file + " is not valid JSON: "), e.getMessage());
    assertTrue(e.getMessage().length() < 500, e.getMessage());
  }

  @Test
  void anIdFarBeyondAnyVocabularyIsAnInputError() {
    InputException e =
        assertThrows(InputException.class, () -> read("{'a':0,'b':134217728}", "[]"));
    assertTrue(e.getMessage().contains("model.vocab.b is 134217728"), e.getMessage());
  }
}
