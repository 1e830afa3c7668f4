package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlignmentTest {
  private static final Path GOLDEN = Path.of("src/test/resources/jsearch/plan/tokens");
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String HEAD = "lm_head.weight";
  private static final int WIDTH = 16; // of TinyCheckpoint

  @TempDir private Path directory;

  private static List<TensorInfo> tensors(TokenParents parents, String name) {
    return parents.list().stream().map(parent -> parent.tensor(name)).toList();
  }

  /** For each row: the parent that it comes from and the row there, as 100 * parent + row. */
  private static List<Integer> rows(List<Span> spans, List<TensorInfo> tensors) {
    List<Integer> rows = new ArrayList<>();
    for (Span span : spans) {
      assertEquals(0, span.first() % WIDTH);
      assertEquals(0, span.count() % WIDTH);
      int parent = tensors.indexOf(span.tensor().orElseThrow());
      int first = (int) span.first() / WIDTH;
      IntStream.range(0, (int) span.count() / WIDTH)
          .forEach(i -> rows.add(100 * parent + first + i));
    }
    return rows;
  }

  private static Optional<String> source(String name) {
    return Optional.of(name).filter(text -> !text.equals("union"));
  }

  private TokenParents golden(String name, Document golden) throws IOException {
    TokenParents parents = new TokenParents(directory);
    for (String which : List.of("base", "donor")) {
      int rows = golden.at("rows").at(which).integer(1, 100);
      parents.add(which, rows, GOLDEN.resolve(name).resolve(which));
    }
    return parents;
  }

  @ParameterizedTest
  @CsvSource({
    "words, union",
    "words, base",
    "bpe, union",
    "bpe, base",
    "bpe, donor",
    "unigram, union",
    "unigram, donor",
  })
  void tokensAndRowsAreMergekits(String name, String source) throws IOException {
    Document golden = Document.json(GOLDEN.resolve(name).resolve("golden.json"));
    Document expected = golden.at("sources").at(source);
    TokenParents parents = golden(name, golden);
    Alignment alignment =
        Alignment.of(parents.map(), source(source.equals("base") ? "base" : source));
    assertEquals(expected.at("vocab_size").integer(1, 100), alignment.size());
    Map<String, Integer> ids = new LinkedHashMap<>();
    expected.at("ids").entries().forEach((token, id) -> ids.put(token, id.integer(0, 100)));
    assertEquals(ids, alignment.vocabulary().ids());
    for (int parent = 0; parent < 2; parent++) {
      Document rows = expected.at(List.of("base", "donor").get(parent));
      for (String tensor : List.of(EMBEDDING, HEAD)) {
        int offset = tensor.equals(HEAD) ? 1000 : 0;
        List<TensorInfo> tensors = tensors(parents, tensor);
        assertEquals(
            rows.at(offset == 0 ? "embedding" : "head").items().stream()
                .map(row -> row.integer(0, 2000) - offset)
                .toList(),
            rows(alignment.spans(parent, tensors), tensors),
            name + " " + source + " " + parent + " " + tensor);
      }
    }
  }

  @Test
  void anEmbeddingStandsInForAHeadThatIsTied() throws IOException {
    Document golden = Document.json(GOLDEN.resolve("bpe/golden.json"));
    TokenParents parents = golden("bpe", golden);
    Alignment alignment = Alignment.of(parents.map(), Optional.empty());
    List<TensorInfo> mixed =
        List.of(tensors(parents, EMBEDDING).get(0), tensors(parents, HEAD).get(1));
    List<Integer> expected =
        golden.at("sources").at("union").at("donor").at("embedding").items().stream()
            .map(row -> row.integer(0, 200))
            .toList();
    assertEquals(expected, rows(alignment.spans(1, mixed), mixed));
  }

  private TokenParents plain(List<List<String>> vocabularies, List<Integer> rows)
      throws IOException {
    TokenParents parents = new TokenParents(directory);
    for (int i = 0; i < vocabularies.size(); i++) {
      Map<String, Integer> vocab = new LinkedHashMap<>();
      vocabularies.get(i).forEach(token -> vocab.put(token, vocab.size()));
      parents.add("p" + i, new TinyCheckpoint().layers(1).vocab(rows.get(i)), vocab, List.of());
    }
    return parents;
  }

  @Test
  void equalVocabulariesAreWholeTensors() throws IOException {
    TokenParents parents = plain(List.of(List.of("a", "b"), List.of("a", "b")), List.of(2, 2));
    for (Optional<String> source : List.of(Optional.<String>empty(), Optional.of("p1"))) {
      Alignment alignment = Alignment.of(parents.map(), source);
      List<TensorInfo> tensors = tensors(parents, EMBEDDING);
      assertEquals(List.of(Span.of(tensors.get(0))), alignment.spans(0, tensors));
      assertEquals(List.of(Span.of(tensors.get(1))), alignment.spans(1, tensors));
      assertEquals(false, alignment.extended());
    }
  }

  /** Random parents against a search for each row by the words of the documentation. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void rowsAreThoseOfANaiveSearch(int seed) throws IOException {
    Random random = new Random(seed);
    List<List<String>> vocabularies = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> tokens = new ArrayList<>();
      IntStream.range(0, 12).filter(t -> random.nextInt(3) > 0).forEach(t -> tokens.add("t" + t));
      tokens.add("always");
      Collections.shuffle(tokens, random);
      vocabularies.add(tokens);
      rows.add(Math.max(1, tokens.size() + (i == 0 ? random.nextInt(3) : random.nextInt(5) - 2)));
    }
    TokenParents parents = plain(vocabularies, rows);
    List<TensorInfo> tensors = tensors(parents, HEAD);
    Alignment alignment = Alignment.of(parents.map(), source(seed % 2 == 0 ? "p0" : "union"));
    String[] tokens = alignment.vocabulary().byId();
    for (int parent = 0; parent < 3; parent++) {
      List<Integer> expected = new ArrayList<>();
      for (String token : tokens) {
        expected.add(naive(token, parent, vocabularies, rows));
      }
      assertEquals(expected, rows(alignment.spans(parent, tensors), tensors));
    }
  }

  private static int naive(
      String token, int parent, List<List<String>> vocabularies, List<Integer> rows) {
    for (int candidate : new int[] {parent, 0, 1, 2}) {
      int id = vocabularies.get(candidate).indexOf(token);
      if (id >= 0 && id < rows.get(candidate)) {
        return 100 * candidate + id;
      }
    }
    throw new AssertionError(token);
  }

  @Test
  void aRowBetweenTokensIsEverywhereTheSources() throws IOException {
    TokenParents parents = new TokenParents(directory);
    parents.add("a", new TinyCheckpoint().layers(1).vocab(6), Map.of("x", 0, "y", 3), List.of());
    parents.add("b", new TinyCheckpoint().layers(1).vocab(2), Map.of("y", 0, "x", 1), List.of());
    Alignment alignment = Alignment.of(parents.map(), Optional.of("a"));
    List<TensorInfo> tensors = tensors(parents, EMBEDDING);
    assertEquals(List.of(0, 1, 2, 3), rows(alignment.spans(0, tensors), tensors));
    assertEquals(List.of(101, 1, 2, 100), rows(alignment.spans(1, tensors), tensors));
    refused(parents.map(), Optional.empty(), "has 2 tokens with ids up to 3");
  }

  @Test
  void anAddedTokenOfTheSourceWithoutARowIsLeftOut() throws IOException {
    TokenParents parents = new TokenParents(directory);
    List<Map<String, Object>> added =
        List.of(TokenParents.added(1, "<pad>"), TokenParents.added(2, "<x>"));
    parents.add("a", new TinyCheckpoint().layers(1).vocab(2), Map.of("a", 0), added);
    parents.add("b", new TinyCheckpoint().layers(1).vocab(2), Map.of("<x>", 0, "a", 1), List.of());
    assertEquals(
        Map.of("a", 0, "<pad>", 1),
        Alignment.of(parents.map(), Optional.of("a")).vocabulary().ids());
    Alignment union = Alignment.of(parents.map(), Optional.empty());
    assertEquals(Map.of("a", 0, "<pad>", 1, "<x>", 2), union.vocabulary().ids());
    List<TensorInfo> tensors = tensors(parents, EMBEDDING);
    assertEquals(List.of(0, 1, 100), rows(union.spans(0, tensors), tensors));
  }

  @Test
  void aModelsTokenWithoutARowIsRefusedInTheSource() throws IOException {
    TokenParents parents = plain(List.of(List.of("a", "b"), List.of("a")), List.of(1, 1));
    refused(parents.map(), Optional.of("p0"), "has the token b at id 1");
    assertEquals(1, Alignment.of(parents.map(), Optional.of("p1")).size());
  }

  @Test
  void aParentWithoutTokenizerIsRefused() throws IOException {
    TokenParents parents = plain(List.of(List.of("a"), List.of("a")), List.of(1, 1));
    Path file = directory.resolve("p1/tokenizer.json");
    Files.delete(file);
    refused(parents.map(), Optional.of("p0"), file + " does not exist");
  }

  private static void refused(
      Map<String, Checkpoint> parents, Optional<String> source, String expected) {
    InputException e = assertThrows(InputException.class, () -> Alignment.of(parents, source));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void aTensorOfAnotherShapeIsRefused() throws IOException {
    TokenParents parents = plain(List.of(List.of("a", "b"), List.of("b")), List.of(2, 1));
    Alignment alignment = Alignment.of(parents.map(), Optional.empty());
    TensorInfo base = tensors(parents, HEAD).get(0);
    InputException e =
        assertThrows(InputException.class, () -> alignment.spans(0, List.of(base, base)));
    assertTrue(e.getMessage().contains("has shape [2, 16], expected [1, 16]"), e.getMessage());
  }

  @Test
  void whatIsDoneIsToldInSentences() throws IOException {
    TokenParents parents = golden("words", Document.json(GOLDEN.resolve("words/golden.json")));
    assertEquals(
        List.of(
            "The merge has the 8 tokens of base and 3 tokens (d, <|im_start|>, <|x|>) of others.",
            "2 tokens ([INST], d) of a parent's own vocabulary: now found as added tokens, wherever"
                + " their text stands.",
            "base lacks 3 tokens (d, <|im_start|>, <|x|>): their owners' rows stand in.",
            "base: left out: 2 rows of its embedding without a token.",
            "donor: rows of 6 tokens (a, b, [INST], d, <|im_start|>, ...) move to other ids.",
            "donor lacks 2 tokens (c, <pad>): their owners' rows stand in.",
            "donor: not counted, for its embedding has only 9 rows: 1 token (<over>)."),
        Alignment.of(parents.map(), Optional.empty()).notes());
    assertEquals(
        List.of(
            "The merge has the 8 tokens of base.",
            "base: left out: 2 rows of its embedding without a token.",
            "donor: rows of 3 tokens (a, b, [INST]) move to other ids.",
            "donor lacks 2 tokens (c, <pad>): their owners' rows stand in.",
            "donor: not counted, for its embedding has only 9 rows: 1 token (<over>).",
            "donor: left out: 3 tokens (d, <|im_start|>, <|x|>)."),
        Alignment.of(parents.map(), Optional.of("base")).notes());
  }

  @Test
  void aTokenOfSeveralOwnersIsTold() throws IOException {
    TokenParents parents =
        plain(List.of(List.of("a"), List.of("a", "both"), List.of("a", "both")), List.of(1, 2, 2));
    List<String> notes = Alignment.of(parents.map(), Optional.empty()).notes();
    String told = "p0: 1 token (both) of several owners: the first one's row stands in";
    assertTrue(notes.stream().anyMatch(note -> note.startsWith(told)), notes.toString());
  }

  @Test
  void anEmbeddingWithoutWidthIsAnInputError() throws IOException {
    TokenParents parents = new TokenParents(directory);
    parents.add("a", new TinyCheckpoint().vocab(2), Map.of("x", 0, "y", 1), List.of());
    TensorInfo norm = parents.list().get(0).tensor("model.norm.weight");
    Alignment alignment = Alignment.of(parents.map(), Optional.of("a"));
    InputException e = assertThrows(InputException.class, () -> alignment.spans(0, List.of(norm)));
    assertTrue(e.getMessage().contains("has shape [16], expected [2, 1]"), e.getMessage());
  }
}
